//! The contents of an input. A large file is read into huge pages where the system has them: providing its memory in
//! small pages takes longer than copying the file.

use memmap2::MmapMut;
use std::io;
use std::ops::{Deref, DerefMut};

/// The contents of an input.
pub(super) enum Buffer {
    Small(Vec<u8>),
    /// Anonymous memory: no file is mapped.
    Large(MmapMut),
}

impl Buffer {
    /// Returns a buffer of `len` zero bytes for a large file.
    ///
    /// # Errors
    ///
    /// If memory runs out.
    #[cfg_attr(not(unix), expect(dead_code, reason = "only Unix reads on several threads"))]
    pub(super) fn large(len: usize) -> io::Result<Buffer> {
        let pages = MmapMut::map_anon(len)?;
        // Without huge pages, reading takes longer, and nothing else changes.
        #[cfg(target_os = "linux")]
        let _ = pages.advise(memmap2::Advice::HugePage);
        Ok(Buffer::Large(pages))
    }
}

impl Deref for Buffer {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Buffer::Small(bytes) => bytes,
            Buffer::Large(pages) => pages,
        }
    }
}

impl DerefMut for Buffer {
    fn deref_mut(&mut self) -> &mut [u8] {
        match self {
            Buffer::Small(bytes) => bytes,
            Buffer::Large(pages) => pages,
        }
    }
}
