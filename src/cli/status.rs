//! The exit status of a command.

/// The result of a command.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Success,
    /// The source text has an error, or a file cannot be read or written.
    Failure,
    /// The command line is wrong.
    Usage,
}

impl Status {
    /// The status of several files together: the first one that is not a success. All files are processed.
    pub(super) fn of_all(all: impl IntoIterator<Item = Status>) -> Status {
        all.into_iter()
            .fold(Status::Success, |first, next| if first == Status::Success { next } else { first })
    }

    /// The exit status of the process.
    pub(super) fn code(self) -> u8 {
        match self {
            Status::Success => 0,
            Status::Failure => 1,
            Status::Usage => 2,
        }
    }
}
