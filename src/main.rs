//! The command line.
//!
//! With the GNU C library of Linux the process begins where one in C begins. What Rust does before its own `main` takes
//! a twentieth of the time of a small text, most of it to ask for the bounds of the stack, so that an overflow can be
//! told apart; there is none, as nothing here goes deeper for a deeper text.

#![cfg_attr(all(target_os = "linux", target_env = "gnu", not(test)), no_main)]

#[cfg(all(target_os = "linux", target_env = "gnu", not(test)))]
mod start {
    /// Where the C library hands over; it has told the standard library the arguments before.
    #[allow(
        unsafe_code,
        reason = "the C library looks for this name, and there is no other `main` in the program"
    )]
    #[unsafe(no_mangle)]
    extern "C" fn main() -> i32 {
        open_streams();
        ignore_closed_pipes();
        let status = gcwat::cli::main();
        // Not left to the C library: what is still in a buffer of the standard library is written here.
        std::process::exit(status.into())
    }

    /// Opens the standard streams that are closed, so that no file comes to be one of them.
    #[allow(unsafe_code, reason = "the standard library has nothing for it that may find them closed")]
    fn open_streams() {
        for stream in 0..=2 {
            // SAFETY: both only take numbers and a string that ends with a zero. What is opened has the lowest number
            // that is free, which is that of the stream.
            let is_there = unsafe {
                libc::fcntl(stream, libc::F_GETFD) != -1
                    || libc::open(c"/dev/null".as_ptr(), libc::O_RDWR) != -1
            };
            if !is_there {
                std::process::abort();
            }
        }
    }

    /// Makes writing to a pipe that nobody reads an error like others, instead of the end of the process.
    #[allow(unsafe_code, reason = "the standard library does so only before its own `main`")]
    fn ignore_closed_pipes() {
        // SAFETY: nothing else runs yet, and no function of this program is called by the signal.
        unsafe { libc::signal(libc::SIGPIPE, libc::SIG_IGN) };
    }
}

#[cfg(any(not(all(target_os = "linux", target_env = "gnu")), test))]
fn main() -> std::process::ExitCode {
    gcwat::cli::main().into()
}
