//! The terminal: colours where they are wanted, progress where someone looks.
//!
//! `anstream` decides: it knows `NO_COLOR`, `CLICOLOR`, `CLICOLOR_FORCE` and
//! whether a stream is a terminal. Nothing here fails or panics: a message
//! that cannot be written is a message nobody reads.

use std::io::{IsTerminal, Write, stderr, stdout};
use std::time::Duration;

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressStyle};

const ERROR: Style = AnsiColor::BrightRed.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const NOTE: Style = Style::new().bold();

/// Where answers go.
pub(crate) fn answers() -> impl Write {
    AutoStream::auto(stdout().lock())
}

/// Whether answers may be coloured.
pub(crate) fn colour_answers() -> bool {
    AutoStream::choice(&stdout()) != ColorChoice::Never
}

/// Whether messages may be coloured.
pub(crate) fn colour_messages() -> bool {
    AutoStream::choice(&stderr()) != ColorChoice::Never
}

/// A line on stderr that says what went wrong.
pub(crate) fn error(words: &str) {
    message(ERROR, "error", words);
}

/// A line on stderr about what may surprise.
pub(crate) fn warning(words: &str) {
    message(WARNING, "warning", words);
}

/// A line on stderr worth knowing.
pub(crate) fn note(words: &str) {
    message(NOTE, "note", words);
}

fn message(style: Style, lead: &str, words: &str) {
    plain(&format!("{style}{lead}{style:#}: {words}"));
}

/// A line on stderr as it is.
pub(crate) fn plain(words: &str) {
    let _ = writeln!(AutoStream::auto(stderr().lock()), "{words}");
}

/// A bar that fills while a file is read; no bar unless someone looks.
pub(crate) fn progress(name: &str, bytes: u64) -> ProgressBar {
    /// Smaller files are read before a bar could be drawn.
    const WORTH_SHOWING: u64 = 4 << 20;
    if bytes < WORTH_SHOWING || !stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(bytes).with_message(name.to_owned());
    if let Ok(style) = ProgressStyle::with_template("reading {msg} {bar:30} {bytes} of {total_bytes} {eta}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}
