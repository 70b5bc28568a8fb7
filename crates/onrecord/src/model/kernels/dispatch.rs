//! Which kernels this machine has, and how a job is run on one.

use super::lanes::{Lanes, Portable};

/// An instruction set to run the net on. All give the same bits; they differ in speed.
///
/// A value can only be had for a set that this machine has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kernel(Set);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Set {
    #[cfg(target_arch = "x86_64")]
    Avx512,
    #[cfg(target_arch = "x86_64")]
    AvxVnni,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "aarch64")]
    Neon,
    Portable,
}

impl Kernel {
    /// What this machine has, the fastest first; the portable one is always there.
    pub fn available() -> Vec<Kernel> {
        // From the slowest up.
        let mut out = vec![Kernel(Set::Portable)];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                out.push(Kernel(Set::Avx2));
                if is_x86_feature_detected!("avxvnni") {
                    out.push(Kernel(Set::AvxVnni));
                }
            }
            if is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vnni") {
                out.push(Kernel(Set::Avx512));
            }
        }
        #[cfg(target_arch = "aarch64")]
        out.push(Kernel(Set::Neon));
        out.reverse();
        out
    }

    /// The fastest that this machine has.
    pub fn fastest() -> Kernel {
        Kernel::available()[0]
    }

    /// Runs a job.
    pub(super) fn run<J: Job>(self, job: J) {
        match self.0 {
            // SAFETY: such a `Kernel` is made only where the processor has AVX-512F and VNNI.
            #[cfg(target_arch = "x86_64")]
            Set::Avx512 => unsafe { super::x86::avx512(job) },
            // SAFETY: such a `Kernel` is made only where the processor has AVX2, FMA and AVX-VNNI.
            #[cfg(target_arch = "x86_64")]
            Set::AvxVnni => unsafe { super::x86::avx_vnni(job) },
            // SAFETY: such a `Kernel` is made only where the processor has AVX2 and FMA.
            #[cfg(target_arch = "x86_64")]
            Set::Avx2 => unsafe { super::x86::avx2(job) },
            // SAFETY: NEON is there on every aarch64.
            #[cfg(target_arch = "aarch64")]
            Set::Neon => unsafe { job.run::<super::arm::Neon>() },
            // SAFETY: plain numbers need nothing of the processor.
            Set::Portable => unsafe { job.run::<Portable>() },
        }
    }
}

/// A piece of arithmetic, its slices checked, that runs on any lanes.
pub(super) trait Job {
    /// Does it. Implementations are `#[inline(always)]`, so that they are compiled for the features of their caller.
    ///
    /// # Safety
    ///
    /// The processor must have what `L` needs.
    unsafe fn run<L: Lanes>(self);
}
