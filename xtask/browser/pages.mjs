// Drives the pages of a running `onrecord serve` on its samples, as a person would.
// usage: node pages.mjs SITE ENTER REPORT CHROMIUM [SHOTS]
// SITE and ENTER are the two addresses that the program prints, REPORT is a file that `onrecord report` wrote; SHOTS is a
// folder for pictures of the pages.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { AxeBuilder } from '@axe-core/playwright';

const [site, enter, report, executablePath, shots] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });

const STORY = `Mayor calls flood report “nonsense”

NORTHAM, March 3 — The river at Northam will rise by two metres on Tuesday, the water board said in a statement.

“That is nonsense,” Ada Brook, the mayor, told reporters. “We have seen worse.”`;

const HOSTILE = `Minister <script>document.title = 'owned'</script> speaks

“<img src=x onerror="document.title='owned'">,” said Ann \u202Eeel\u202C <b>Lee</b>, the minister of "quotes' & <i>tags</i>.

Ann Lee said that javascript:alert(1) and \${7*7} and {{7*7}} were “harmless.”`;

const FERRY = `<!doctype html><html lang="en"><head><title>Ferry lost in fog</title><noscript><img src=x></noscript></head>
<body><header><nav><a href="/">Home</a></nav></header><main><h1>Ferry lost in fog</h1>
<p>The ferry Halcyon lost its way in <b>thick</b> fog off <a href="/tarn">Tarn</a> on Friday, the harbour&nbsp;master said.
<template><p>Nothing</p></template><p>
  “We heard the horn &amp; feared the worst,” said Ann 🚢 Lee, a pi&shy;lot, who led the ship home.</p>
<h2>No comment</h2><script>var a = '<p>';</script>
<blockquote id="quote"><p>The radar had failed before the ship left the pier.</p></blockquote>
<ul><li>The company denied that the radar had failed.<li>It promised a report by the end of the month.</ul></main>`;

/** A fresh page in a browser of its own, and a failure for every error that the page meets but those expected. */
async function withPage(options, work, expected = /^$/) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  try {
    await work(page);
    assert.deepEqual(errors.filter((error) => !expected.test(error)), []);
  } finally {
    await context.close();
  }
}

/** No serious violation of what people with disabilities need. */
async function accessible(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter((found) => ['serious', 'critical'].includes(found.impact));
  const told = serious.map((found) => `${found.id}: ${found.nodes.map((node) => node.html).slice(0, 3).join(' ')}`);
  assert.deepEqual(told, [], page.url());
}

/** Presses a key once the page has its script: before that it would do nothing. */
async function press(page, key) {
  await page.waitForLoadState();
  await page.keyboard.press(key);
}

/** A picture, where pictures are wanted. */
async function picture(page, name, fullPage = true) {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage });
}

const path = (address) => address.replace(site, '').replace(/^\/?/, '/');

/** The addresses of one page of each kind. */
async function kinds(page) {
  await page.goto(new URL('/articles', site).href);
  const article = await page.locator('.articles a', { hasText: 'Velmark' }).getAttribute('href');
  await page.goto(site);
  const statement = await page.locator('a.permanent').first().getAttribute('href');
  const who = await page.locator('.chips a').first().getAttribute('href');
  return { front: '/', article, statement, who, search: '/search?words=the', disputed: '/search?disputed=yes', articles: '/articles',
    timeline: '/timeline?words=the', person: who.replace('/who/', '/timeline?entity='), drifts: '/drifts', disputes: '/disputes',
    nothing: '/search?words=zzyzx', missing: '/nothing', api: '/api' };
}

async function paste(page, text) {
  await page.goto(site);
  await page.getByLabel('Paste an article').fill(text);
  await page.getByRole('button', { name: 'Read it' }).click();
  await page.waitForURL(/\/look\//);
}

test('first look: the samples lie there, and every kind of page is accessible, light and dark', async () => {
  for (const colorScheme of ['light', 'dark']) {
    await withPage({ colorScheme }, async (page) => {
      for (const [name, address] of Object.entries(await kinds(page))) {
        await page.goto(new URL(address, site).href);
        await accessible(page);
        await picture(page, `${name}-${colorScheme}`);
      }
      const dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      assert.equal(dark === 'rgb(23, 24, 27)', colorScheme === 'dark', dark);
    }, /status of 404/);
  }
});

test('a pasted article is shown with its statements', async () => {
  await withPage({}, async (page) => {
    await paste(page, STORY);
    const speakers = await page.locator('.notes .voice').allTextContents();
    assert.ok(speakers.includes('Ada Brook'), speakers.join());
    assert.ok((await page.locator('.text .what').allTextContents()).some((words) => words.includes('That is nonsense')));
    await accessible(page);
    await picture(page, 'pasted');
  });
});

test('words and notes light up together, and lead to each other', async () => {
  await withPage({}, async (page) => {
    const { article } = await kinds(page);
    await page.goto(new URL(article, site).href);
    const number = await page.locator('.text .how').first().getAttribute('data-s');
    const lit = () => page.locator(`#n${number}.lit`).count();
    await page.locator(`.text .how[data-s="${number}"]`).first().hover();
    assert.equal(await lit(), 1);
    await page.mouse.move(0, 0);
    assert.equal(await lit(), 0);
    await page.locator(`#n${number} .verdict`).hover();
    assert.ok(await page.locator(`.text .how.lit[data-s="${number}"]`).count() >= 1);
    await page.locator(`#t${number}`).click();
    assert.equal(new URL(page.url()).hash, `#n${number}`);
    await page.locator(`#n${number} a.number`).click();
    assert.equal(new URL(page.url()).hash, `#t${number}`);
  });
});

test('the keyboard alone goes everywhere', async () => {
  await withPage({}, async (page) => {
    await page.goto(site);
    await press(page, 'Tab');
    assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
    await press(page, '/');
    await page.keyboard.type('encircled');
    await press(page, 'Enter');
    await page.waitForURL(/words=encircled/);
    const { article } = await kinds(page);
    await page.goto(new URL(article, site).href);
    await press(page, 'j');
    await press(page, 'j');
    const second = await page.locator('a.ref').nth(1).getAttribute('href');
    await press(page, 'Enter');
    assert.equal(new URL(page.url()).hash, second);
    await press(page, 'Escape');
    assert.equal(await page.locator('.lit').count(), 0);
  });
});

test('a telephone of 360 pixels shows every page without scrolling sideways', async () => {
  await withPage({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }, async (page) => {
    for (const [name, address] of Object.entries(await kinds(page))) {
      await page.goto(new URL(address, site).href);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= 360, `${path(page.url())} is ${wide} wide`);
      await picture(page, `${name}-narrow`);
    }
  }, /status of 404/);
});

test('on paper stands the record, without what one presses', async () => {
  await withPage({}, async (page) => {
    await page.emulateMedia({ media: 'print' });
    for (const [name, address] of Object.entries(await kinds(page))) {
      await page.goto(new URL(address, site).href);
      assert.equal(await page.locator('.top:visible, button:visible, input:visible').count(), 0, name);
      await picture(page, `${name}-print`);
    }
  }, /status of 404/);
});

test('without scripts everything works: links, the choice of confidence, search, paste', async () => {
  await withPage({ javaScriptEnabled: false }, async (page) => {
    await paste(page, STORY);
    const number = await page.locator('a.ref').first().getAttribute('data-s');
    await page.locator(`#t${number}`).click();
    assert.equal(new URL(page.url()).hash, `#n${number}`);
    await page.goto(new URL('/search?words=encircled', site).href);
    assert.ok(await page.locator('.card').count() > 0);
    const { article } = await kinds(page);
    await page.goto(new URL(article, site).href);
    const shown = () => page.locator('.note:visible').count();
    const all = await shown();
    await page.locator('#sure-9').check({ force: true });
    assert.ok(await shown() < all);
  });
});

test('the answer follows the typing', async () => {
  await withPage({}, async (page) => {
    await page.goto(new URL('/search', site).href);
    await page.getByRole('searchbox').pressSequentially('encircl*');
    await page.waitForURL(/words=encircl/);
    await page.waitForFunction(() => document.querySelectorAll('.card').length < 10);
    assert.ok(await page.locator('.card').count() > 0);
  });
});

test('hostile words stay words', async () => {
  for (const javaScriptEnabled of [true, false]) {
    await withPage({ javaScriptEnabled }, async (page) => {
      await paste(page, HOSTILE);
      assert.ok(!(await page.title()).startsWith('owned'));
      assert.equal(await page.locator('.text script, .text img, .row > p b, .row > p i').count(), 0);
      const text = await page.locator('article.text').innerText();
      assert.ok(text.includes("<script>document.title = 'owned'</script>"));
      assert.ok(text.includes('{{7*7}}') && !text.includes('\u202E'));
    });
  }
});

test('more than 10 MB are refused in words', async () => {
  await withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(site);
    const buffer = Buffer.alloc(11 << 20, 'a ');
    await page.locator('input[type=file]').setInputFiles({ name: 'big.txt', mimeType: 'text/plain', buffer });
    const answer = page.waitForResponse((response) => response.url().endsWith('/read'));
    await page.getByRole('button', { name: 'Read it' }).click();
    assert.equal((await answer).status(), 413);
    await page.getByText('larger than 10 MB').waitFor();
  }, /status of 413/);
});

test('corrections need the token, and hold', async () => {
  await withPage({}, async (page) => {
    const { statement } = await kinds(page);
    const address = new URL(statement, site).href;
    await page.goto(address);
    assert.equal(await page.getByRole('button', { name: 'Correct the act' }).count(), 0);
    await page.goto(enter);
    await page.goto(address);
    await accessible(page);
    await picture(page, 'correct');
    const act = () => page.locator('.statement .act').innerText();
    const before = await act();
    const other = before === 'warn' ? 'deny' : 'warn';
    await page.getByLabel('Your name').fill('Kim');
    await page.getByLabel('Act').selectOption(other);
    await page.getByRole('button', { name: 'Correct the act' }).click();
    assert.equal(await act(), other);
    await page.getByText(`act: ${before} became ${other}`).waitFor();
    await press(page, 'u');
    await page.getByText('taken back by').waitFor();
    assert.equal(await act(), before);
    await page.getByRole('button', { name: 'No statement' }).click();
    await page.getByText('no longer holds').first().waitFor();
    await page.getByRole('button', { name: 'Take the last correction back' }).click();
    assert.equal(await page.locator('.statement.past').count(), 0);
    assert.equal(await page.getByText('✓ checked').count(), 0);
  });
});

test('what waits is checked by keys, the least certain first, and the last one can be taken back', async () => {
  await withPage({}, async (page) => {
    await page.goto(enter);
    await page.getByRole('link', { name: 'Check' }).click();
    await page.getByText('Least certain first').waitFor();
    const waiting = () => page.locator('.notice', { hasText: 'Least certain' }).innerText();
    const content = () => page.locator('.statement .words .what').innerText();
    const [count, first] = [await waiting(), await content()];
    await press(page, 'r');
    await page.getByText('rejected: no statement').first().waitFor();
    assert.notEqual(await waiting(), count);
    assert.notEqual(await content(), first);
    await picture(page, 'check');
    await accessible(page);
    await press(page, 'u');
    await page.getByText('Taken back: rejected: no statement').waitFor();
    assert.deepEqual([await waiting(), await content()], [count, first]);
    await press(page, 'a');
    await page.getByText('right as it stands').first().waitFor();
    await press(page, 'u');
    await page.getByText('Taken back: right as it stands').waitFor();
    assert.deepEqual([await waiting(), await content()], [count, first]);
  });
});

/** Selects the last of some words in an element, as a person would with the mouse. */
async function select(locator, words) {
  await locator.page().waitForLoadState();
  await locator.evaluate((element, words) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let found = null;
    while (walker.nextNode()) {
      const at = walker.currentNode.data.lastIndexOf(words);
      if (at >= 0) found = [walker.currentNode, at];
    }
    const range = new Range();
    range.setStart(found[0], found[1]);
    range.setEnd(found[0], found[1] + words.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  }, words);
}

const ECHO = `The bridge 🙂 is closed

NORTHAM, March 4 — “We said so, and we said so early,” said Ada Brook, the mayor, who said little more.

The water board said that it had said so too.`;

test('selected words become those of a role: the ones that were selected, not others like them', async () => {
  await withPage({}, async (page) => {
    await page.goto(enter);
    await paste(page, ECHO);
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.waitForURL(/\/article\?id=/);
    await page.locator('.note', { hasText: 'water board' }).first().getByRole('link', { name: /correct/ }).click();
    await page.waitForURL(/\/s\//);
    await select(page.locator('.context', { hasText: 'water board' }), 'had said');
    await page.getByText('These words are').waitFor();
    await picture(page, 'select', false);
    await press(page, '2');
    await page.getByText('These words are').waitFor({ state: 'hidden' });
    assert.equal(await page.getByLabel('How').inputValue(), 'had said');
    await page.getByLabel('What is said').fill('so too');
    await page.getByRole('button', { name: 'Correct the words' }).click();
    await page.getByText('became “had said”').waitFor();
    const id = new URL(page.url()).pathname.split('/').pop();
    const read = async () => (await (await page.request.get(new URL(`/api/statements/${id}`, site).href)).json()).statement;
    const told = async () => {
      const { cue, article } = await read();
      const { text } = await (await page.request.get(new URL(`/api/article?id=${encodeURIComponent(article.id)}`, site).href)).json();
      return cue.map(([begin, end]) => [[...text].slice(begin, end).join(''), [...text].slice(end, end + 7).join('')]);
    };
    assert.deepEqual(await told(), [['had said', ' so too']]);
    // words of another paragraph, and the last of several like them
    await select(page.locator('.context', { hasText: 'Ada Brook' }), 'said');
    await page.getByText('These words are').waitFor();
    await press(page, '2');
    await page.getByRole('button', { name: 'Correct the words' }).click();
    await page.getByText('“had said” became “said”').waitFor();
    assert.deepEqual(await told(), [['said', ' little']]);
    for (const taken of [0, 1]) {
      await press(page, 'u');
      await page.getByText('taken back by').nth(taken).waitFor();
    }
  });
});

test('on the page of an article statements are checked, added and linked', async () => {
  await withPage({}, async (page) => {
    await page.goto(enter);
    await page.goto(site);
    const { article } = await kinds(page);
    await page.goto(new URL(article, site).href);
    const notes = await page.locator('.note').count();
    await press(page, 'j');
    await press(page, 'r');
    await page.getByText('rejected: no statement').first().waitFor();
    assert.equal(await page.locator('.note').count(), notes - 1);
    await accessible(page);
    await page.getByRole('button', { name: 'Take it back' }).click();
    await page.waitForFunction((count) => document.querySelectorAll('.note').length === count, notes);
    const paragraph = page.locator('.row > p').first();
    await select(paragraph, (await paragraph.innerText()).split(' ')[1]);
    await page.getByText('These words are').waitFor();
    await press(page, '3');
    await page.getByText('Add a statement that was missed').waitFor();
    assert.notEqual(await page.getByLabel('What is said').inputValue(), '');
    await picture(page, 'add');
    await page.getByRole('button', { name: 'Add it' }).click();
    await page.waitForURL(/\/s\//);
    await page.getByText('a statement after all, or one that was missed').waitFor();
    const added = page.url();
    const other = await page.locator('#others option').first().getAttribute('value');
    await page.locator('select[name=relation]').selectOption('disputes');
    await page.locator('input[name=other]:visible').fill(other);
    await page.getByRole('button', { name: 'Link them' }).click();
    await page.getByRole('button', { name: 'Not so' }).waitFor();
    await accessible(page);
    await picture(page, 'corrected');
    await page.goto(new URL(`/s/${other}`, site).href);
    const links = await page.locator('.sides > li').count();
    await page.locator('.sides > li', { has: page.locator(`a.permanent[href="${new URL(added).pathname}"]`) }).getByRole('button', { name: 'Not so' }).click();
    await page.waitForFunction((count) => document.querySelectorAll('.sides > li').length === count, links - 1);
    await page.getByText('this one: not so').waitFor();
    await page.goto(added);
    assert.equal(await page.getByRole('button', { name: 'Not so' }).count(), 0);
    for (const left of [2, 1, 0]) {
      await press(page, 'u');
      await page.waitForFunction((count) => document.querySelectorAll('.history li:not(:has(s))').length === count, left);
    }
    await page.goto(new URL(article, site).href);
    assert.equal(await page.locator('.note').count(), notes);
  });
});

test('what another copy has otherwise or too is marked, and leads there', async () => {
  await withPage({}, async (page) => {
    const { article } = await kinds(page);
    await page.goto(new URL(article, site).href);
    assert.equal(await page.locator('.text .flag').first().innerText(), 'two choices');
    assert.match(await page.locator('#flags').innerText(), /another copy has “one choice” here/);
    await page.locator('.note', { hasText: 'in other words in Eastern Post' }).waitFor();
    assert.match(await page.locator('.text .shared').first().innerText(), /call sign, Heron/);
    await accessible(page);
    await page.locator('#elsewhere a').first().click();
    await page.locator('h1', { hasText: 'night road' }).waitFor();
    assert.equal(await page.locator('.text .flag').first().innerText(), 'one choice');
    await page.goto(new URL('/drifts', site).href);
    assert.equal(await page.locator('.words del').first().innerText(), 'two choices');
  });
});

test('without scripts words are corrected as they are typed', async () => {
  await withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(enter);
    const { statement } = await kinds(page);
    await page.goto(new URL(statement, site).href);
    const words = await page.getByLabel('What is said').inputValue();
    const fewer = words.split(' ').slice(0, 2).join(' ');
    await page.getByLabel('What is said').fill(fewer);
    await page.getByRole('button', { name: 'Correct the words' }).click();
    assert.equal(await page.getByLabel('What is said').inputValue(), fewer);
    await page.getByRole('button', { name: 'Take the last correction back' }).click();
    assert.equal(await page.getByLabel('What is said').inputValue(), words);
  });
});

test('a timeline goes closer and wider again; a dispute shows both sides; both lead to the statements', async () => {
  await withPage({}, async (page) => {
    await page.goto(new URL('/timeline?words=the', site).href);
    const dots = page.locator('.timeline circle');
    const all = await dots.count();
    assert.ok(all > 3);
    await page.locator('.zoom a').last().click();
    const day = new URL(page.url()).searchParams.get('since');
    assert.match(day, /^\d{4}-\d{2}-\d{2}$/);
    assert.ok(await dots.count() < all);
    await page.getByRole('link', { name: 'Wider' }).click();
    assert.equal(new URL(page.url()).searchParams.get('since'), day.slice(0, 7));
    await dots.last().click();
    assert.match(new URL(page.url()).hash, /^#n\d+$/);
    await page.getByRole('link', { name: 'Disputes' }).click();
    const contested = page.locator('.contested', { hasText: 'it has encircled Tarnovka' });
    assert.ok((await contested.locator('.against').allInnerTexts()).join().includes('calls'));
    await contested.locator('.permanent').first().click();
    await page.waitForURL(/\/s\//);
  });
});

test('who is whom is decided on the page of a speaker, with and without scripts', async () => {
  for (const javaScriptEnabled of [true, false]) {
    await withPage({ javaScriptEnabled }, async (page) => {
      const name = 'Brightwater Energy';
      await page.goto(new URL(`/who?name=${name}`, site).href);
      assert.equal(await page.getByRole('button', { name: 'Merge' }).count(), 0);
      await page.goto(enter);
      await page.goto(new URL('/who?name=Ostria', site).href);
      const address = page.url();
      const other = page.getByLabel('Is the same as');
      if (javaScriptEnabled) {
        await other.pressSequentially(name.slice(0, 5));
        await page.waitForFunction((name) => [...document.querySelectorAll('#alike option')].some((option) => option.value === name), name);
      }
      await other.fill(name);
      await other.locator('xpath=../..').getByLabel('Your name').fill('Kim');
      await press(page, 'Enter');
      await page.getByText(`is the same as ${name}`).first().waitFor();
      assert.equal(path(page.url()), `${path(address)}#names`);
      if (javaScriptEnabled) await accessible(page);
      await picture(page, 'who-is-who');
      await page.getByLabel('Is somebody else').selectOption(name);
      await page.getByRole('button', { name: 'Split off' }).click();
      await page.getByText(`is not ${name}`).first().waitFor();
      assert.equal(await page.getByLabel('Your name').first().inputValue(), 'Kim');
      await page.getByLabel('Is the same as').fill('Nobody Here');
      await page.getByRole('button', { name: 'Merge' }).click();
      assert.match(await page.getByRole('alert').innerText(), /Nobody called "Nobody Here"/);
      if (javaScriptEnabled) await accessible(page);
      await page.getByLabel('Goes by the name').fill('The Republic of Ostria');
      await page.getByRole('button', { name: 'Rename' }).click();
      await page.locator('h1', { hasText: 'The Republic of Ostria' }).waitFor();
      await page.getByLabel('Goes by the name').fill('Ostria');
      await press(page, 'Enter');
      await page.getByText('goes by Ostria').first().waitFor();
      assert.equal(await page.locator('h1').innerText(), 'Ostria');
    }, /status of 404/);
  }
});

test('a pasted article is kept by whoever has the token, and found', async () => {
  await withPage({}, async (page) => {
    await page.goto(enter);
    await paste(page, STORY);
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.waitForURL(/\/article\?id=/);
    await page.goto(new URL('/search?speaker=Brook', site).href);
    assert.ok(await page.locator('.card').count() > 0);
  });
});

test('the words of a page are found in it where its record says', async () => {
  await withPage({}, async (page) => {
    await page.goto(enter);
    await page.goto(site);
    const file = { name: 'ferry.html', mimeType: 'text/html', buffer: Buffer.from(FERRY) };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: 'Read it' }).click();
    await page.waitForURL(/\/look\//);
    assert.equal(await page.locator('.row > h2').innerText(), 'No comment');
    assert.equal(await page.locator('.row > blockquote').count(), 1);
    assert.equal(await page.locator('.row > ul > li').count(), 2);
    await accessible(page);
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.waitForURL(/\/article\?id=/);
    const id = new URL(page.url()).searchParams.get('id');
    const kept = await page.request.get(new URL(`/api/article?id=${encodeURIComponent(id)}`, site).href);
    const { text, blocks } = await kept.json();
    await page.goto('about:blank');
    await page.setContent(FERRY);
    const wrong = await page.evaluate(([text, blocks]) => {
      const points = Array.from(text);
      const plain = (words) => words.join('').replace(/\s/g, ' ');
      return blocks.flatMap(({ path, stretches }) => stretches.map(([begin, end, at]) => {
        const there = Array.from(document.querySelector(path).textContent).slice(at, at + end - begin);
        return [plain(points.slice(begin, end)), plain(there)];
      })).filter(([here, there]) => here !== there);
    }, [text, blocks]);
    assert.deepEqual(wrong, []);
    assert.equal(blocks.length, 6);
    assert.ok(blocks.every((block) => block.path));
  });
});

test('a report is one file: accessible, lit both ways without a script, and it prints', async () => {
  await withPage({ javaScriptEnabled: true }, async (page) => {
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(report).href);
    assert.equal(asked.length, 1);
    await accessible(page);
    const number = await page.locator('.text .how').first().getAttribute('data-s');
    const colour = () => page.locator(`#n${number}`).evaluate((note) => getComputedStyle(note).backgroundColor);
    const before = await colour();
    await page.locator(`.text .how[data-s="${number}"]`).first().hover();
    assert.notEqual(await colour(), before);
    await picture(page, 'report');
    await page.emulateMedia({ media: 'print' });
    await picture(page, 'report-print');
  });
});

test.after(() => browser.close());
