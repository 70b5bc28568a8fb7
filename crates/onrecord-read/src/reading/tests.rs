//! Archives, whole and hostile: what can be read is read, what cannot is named.

use crate::testing::{Told, deflate, found, gzip, tar_member, told, with_crc, zip_member};

/// “ferry” a thousand times, in Zstandard: a frame, something to skip, and the frame again.
fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

#[test]
fn zstandard_frames() {
    let skipped = b"\x50\x2A\x4D\x18\x03\0\0\0abc".as_slice();
    let two = [&zstd(b"{\"text\":\"one\"}\n"), skipped, &zstd(b"{\"text\":\"two\"}\n")].concat();
    assert_eq!(told("a", &two), ["a:1: one", "a:2: two"]);
    assert_eq!(told("a", &[skipped, &zstd(b"three")].concat()), ["a: three"]);
    let cut = &zstd("ferry and fog, ".repeat(50).as_bytes())[..30];
    assert_eq!(told("a", cut).len(), 1);
    assert!(told("a", cut)[0].starts_with("a: cannot be read: "), "{:?}", told("a", cut));
}

#[test]
fn zip_archives() {
    let archive = [
        zip_member("news/", 0, Told::Before, b""),
        zip_member("news/one.txt", 0, Told::Before, b"One."),
        zip_member("news/two.txt", 8, Told::Before, &deflate(b"Two.")),
        zip_member("three.jsonl", 8, Told::After, &deflate(b"{\"text\":\"Three.\"}\n{\"text\":\"Four.\"}")),
        zip_member("__MACOSX/x", 0, Told::Before, b"x"),
        zip_member(".hidden", 8, Told::After, &deflate(b"x")),
        zip_member("five.txt", 14, Told::Before, b"x"),
        zip_member("six.gz", 8, Told::After, &deflate(&gzip(b"Six."))),
        b"PK\x01\x02 the directory, which nobody reads".to_vec(),
    ]
    .concat();
    let expected = [
        "a.zip!news/one.txt: One.",
        "a.zip!news/two.txt: Two.",
        "a.zip!three.jsonl:1: Three.",
        "a.zip!three.jsonl:2: Four.",
        "a.zip!five.txt: cannot be unpacked: packed by another method than deflate",
        "a.zip!six.gz: Six.",
    ];
    assert_eq!(told("a.zip", &archive), expected);
    // an archive in a packed archive
    let outer = gzip(&zip_member("in.zip", 8, Told::Before, &deflate(&archive)));
    assert_eq!(told("b", &outer)[0], "b!in.zip!news/one.txt: One.");
    assert_eq!(told("a.zip", b"PK\x05\x06 no members").len(), 0);
}

#[test]
fn tar_archives() {
    let long = "long/".repeat(40) + "name.txt";
    let pax = |name: &str| format!("{} path={name}\n", name.len() + 9).into_bytes();
    let archive = [
        tar_member("news", b'5', b""),
        tar_member("news/one.txt", b'0', b"One."),
        tar_member("././@LongLink", b'L', long.as_bytes()),
        tar_member("cut", b'0', b"Two."),
        tar_member("pax", b'x', &pax("three.txt")),
        tar_member("cut", 0, &gzip(b"Three.")),
        tar_member("link", b'2', b""),
        vec![0; 1024],
    ]
    .concat();
    let expected =
        ["a!news/one.txt: One.".to_owned(), format!("a!{long}: Two."), "a!three.txt: Three.".to_owned()];
    assert_eq!(told("a", &archive), expected);
    assert_eq!(told("a", &gzip(&archive)), expected);
}

#[test]
fn broken_members_are_named_and_the_rest_is_read() {
    let mut broken = deflate(&b"Two, and two, and two again. ".repeat(20));
    // no block of this kind exists
    broken[0] = 7;
    let zip = [
        zip_member("one.txt", 8, Told::Before, &deflate(b"One.")),
        zip_member("two.txt", 8, Told::Before, &broken),
        zip_member("three.txt", 8, Told::After, &broken),
        zip_member("four.txt", 8, Told::Before, &deflate(b"Four.")),
    ]
    .concat();
    let read = told("a", &zip);
    assert_eq!((read.len(), &*read[0], &*read[3]), (4, "a!one.txt: One.", "a!four.txt: Four."), "{read:?}");
    assert!(read[1].starts_with("a!two.txt: c") && read[2].starts_with("a!three.txt: c"), "{read:?}");
    assert_eq!(told("a", &zip[..zip.len() - 4]).last().unwrap(), "a!four.txt: cut in the middle");

    let mut tar = [
        tar_member("one.txt", b'0', b"One."),
        tar_member("two.txt", b'0', b"Two."),
        tar_member("three.txt", b'0', b"Three."),
    ]
    .concat();
    assert_eq!(
        told("a", &tar[..tar.len() - 510])[2..],
        ["a!three.txt: Th", "a!three.txt: cut in the middle"]
    );
    tar[1024 + 150] = b'x';
    let damage = "a: damaged: no tar header where one should be";
    assert_eq!(told("a", &tar), ["a!one.txt: One.", damage, "a!three.txt: Three."]);
}

/// The bytes unpack, and are others than those that were packed.
#[test]
fn sums_that_do_not_fit_are_named_and_the_rest_is_read() {
    let packed = deflate(b"Two.");
    let zip = [
        with_crc("one.txt", 0, Told::Before, b"One.", 1),
        with_crc("two.txt", 8, Told::Before, &packed, 2),
        with_crc("three.txt", 8, Told::After, &packed, 3),
        zip_member("four.txt", 8, Told::After, &packed),
    ];
    let damaged = |name: &str| format!("a!{name}: damaged: other bytes than were packed, by their CRC-32");
    let expected = [
        "a!one.txt: One.".to_owned(),
        damaged("one.txt"),
        "a!two.txt: Two.".into(),
        damaged("two.txt"),
        "a!three.txt: Two.".into(),
        damaged("three.txt"),
        "a!four.txt: Two.".into(),
    ];
    assert_eq!(told("a", &zip.concat()), expected);
    // without the descriptor that should stand there, the next member is found all the same
    let bare = zip[3][..zip[3].len() - 16].to_vec();
    assert_eq!(told("a", &[bare.clone(), bare].concat()), ["a!four.txt: Two."; 2]);

    let line = format!("{{\"text\":\"{}\"}}\n", "One. ".repeat(1000).trim_end());
    let mut frame = zstd(line.repeat(2).as_bytes());
    let last = frame.len() - 1;
    frame[last] ^= 1;
    let mut member = gzip(line.repeat(2).as_bytes());
    let sum = member.len() - 8;
    member[sum] ^= 1;
    for (packed, complaint) in [(frame, "a frame without its checksum"), (member, "checksum")] {
        let read = told("a", &packed);
        assert!(read.len() == 3 && read[1].starts_with("a:2: One."), "{read:?}");
        assert!(read[2].contains(complaint), "{read:?}");
    }
}

#[test]
fn names_lead_nowhere() {
    let zip = zip_member("../../etc/\u{1b}[31mpasswd", 0, Told::Before, b"One.");
    assert_eq!(told("a", &zip), ["a!../../etc/\u{fffd}[31mpasswd: One."]);
    assert_eq!(told("a", &zip_member("..\\x", 0, Told::Before, b"One.")), ["a!../x: One."]);
}

#[test]
fn many_members() {
    let one = zip_member("x.txt", 0, Told::Before, b"One.");
    assert_eq!(found("a", &one.repeat(100_000)).len(), 100_000);
}

#[test]
fn bombs_are_refused() {
    let lines = gzip(&[b"{\"text\":\"One.\"}".to_vec(), vec![b'\n'; 100 << 20]].concat());
    assert_eq!(told("a", &lines)[0], "a:1: One.");
    assert!(told("a", &lines)[1].ends_with(": unpacks to more than 200 times its size"));
    // in layers, and in many members that share the budget of their file
    assert!(told("a", &gzip(&lines))[1].ends_with(": unpacks to more than 200 times its size"));
    let member = zip_member("x.txt", 8, Told::After, &deflate(&vec![b' '; 30 << 20]));
    let read = found("a", &member.repeat(10));
    assert!((2..6).contains(&read.len()), "{}", read.len());
    let mut deep = b"One.".to_vec();
    for _ in 0..4 {
        deep = gzip(&deep);
    }
    assert_eq!(told("a", &deep), ["a: One."]);
    assert_eq!(told("a", &gzip(&deep)), ["a: packed more than 4 times over"]);
}

#[test]
fn long_lines_and_texts_are_refused() {
    let line = vec![b'a'; crate::LONGEST_TEXT + 10];
    assert_eq!(told("a", &line), ["a: text over 64 MiB"]);
    let lines = [b"{\"text\":\"one\"}\n", &*line, b"\n{\"text\":\"two\"}\n"].concat();
    assert_eq!(told("a", &lines), ["a:1: one", "a:2: line over 64 MiB", "a:3: two"]);
}
