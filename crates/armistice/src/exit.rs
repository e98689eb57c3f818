//! How a command ends: 0 answered, 1 the agreement or the records have errors,
//! 2 the command line does not make sense.

use std::io;
use std::process::ExitCode;

use crate::terminal;

/// The agreement or the records have errors.
pub(crate) const ERRORS: u8 = 1;
/// The command line does not make sense.
pub(crate) const USAGE: u8 = 2;

/// What a command comes to, if it comes to an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It answered.
    Answered,
    /// It answered, and the answer is that something must be mended.
    Errors,
}

/// Why a command stopped.
#[derive(Debug)]
pub(crate) enum Failure {
    /// What was asked makes no sense, or names a file that is not there.
    Usage(String),
    /// The agreement or the records cannot be used, or the answer not written.
    Errors(String),
    /// The same, and it has been said already.
    Told,
    /// Whoever read the answer has gone; there is nothing to say and nobody
    /// to say it to.
    ReaderGone,
}

impl From<io::Error> for Failure {
    /// For failures to write the answer; failures to read are told with their
    /// file's name where they happen.
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ReaderGone,
            _ => Self::Errors(format!("the answer could not be written: {error}")),
        }
    }
}

/// Says why, if there is anything to say, and gives the exit code.
pub(crate) fn code(result: Result<Outcome, Failure>) -> ExitCode {
    match result {
        Ok(Outcome::Answered) | Err(Failure::ReaderGone) => ExitCode::SUCCESS,
        Ok(Outcome::Errors) | Err(Failure::Told) => ERRORS.into(),
        Err(Failure::Errors(why)) => {
            terminal::error(&why);
            ERRORS.into()
        }
        Err(Failure::Usage(why)) => {
            terminal::error(&why);
            USAGE.into()
        }
    }
}
