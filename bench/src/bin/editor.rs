//! From a keystroke to what is wrong: how long an editor waits.
//!
//! `cargo build --release && cargo run --release -p armistice-bench --bin editor`
//! starts the real `armistice lsp`, opens agreements of 5,000 lines made from
//! the gallery's, and types into them, a letter at a time, all over the page:
//! new words, slips, deletions. Each time is from before a change is written to
//! the server until its problems have been read. A person's pauses are left out,
//! so that nothing is done between two keystrokes.

use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use armistice_bench::pages;

type Outcome<T> = Result<T, Box<dyn Error>>;

const LINES: usize = 5000;
const KEYSTROKES: usize = 1000;
/// What is typed, and taken back letter by letter.
const TYPED: &str = "  renewed by Russai for 48 huors";
/// The gallery's pages with few, some and many readings.
const PAGES: [&str; 3] = ["syria-cessation-2016", "minsk-package-2015", "syria-geneva-2016"];

fn main() -> Outcome<()> {
    let named: Vec<String> = std::env::args().skip(1).collect();
    let named = if named.is_empty() { PAGES.map(str::to_owned).to_vec() } else { named };
    let mut out = std::io::stdout();
    writeln!(out, "{:<28} {:>6} {:>6}  {:>9} {:>9} {:>9}", "page", "lines", "KiB", "median ms", "99 % ms", "most ms")?;
    for name in named {
        let (folder, page) = pages::gallery(&name)?;
        let text = pages::repeated(&page, LINES);
        let uri = format!("file://{}/agreement.truce.md", folder.canonicalize()?.display());
        let mut times = typed(&uri, &text)?;
        times.sort_unstable();
        let at = |share: f64| {
            let index = ((times.len() as f64 * share).ceil() as usize).clamp(1, times.len()) - 1;
            times.get(index).map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
        };
        let (lines, kib) = (text.lines().count(), text.len() >> 10);
        writeln!(out, "{name:<28} {lines:>6} {kib:>6}  {:>9.1} {:>9.1} {:>9.1}", at(0.5), at(0.99), at(1.0))?;
    }
    Ok(())
}

/// The times of all keystrokes into one page.
fn typed(uri: &str, text: &str) -> Outcome<Vec<Duration>> {
    let mut editor = Editor::start()?;
    editor.send(&format!(
        r#"{{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{{"textDocument":{{"uri":"{uri}","languageId":"markdown","version":0,"text":{}}}}}}}"#,
        quoted(text)
    ))?;
    editor.until_told(0)?;
    // New lines inside the blocks, all over the page.
    let lines: Vec<usize> =
        text.lines().enumerate().filter(|(_, l)| l.starts_with("  from ")).map(|(i, _)| i).collect();
    let mut times = Vec::with_capacity(KEYSTROKES);
    let mut version = 0;
    let mut place = 0;
    while times.len() < KEYSTROKES {
        // In strides that share no factor with the number of lines, nearly.
        place = (place + 7919) % lines.len().max(1);
        let line = lines.get(place).copied().unwrap_or_default();
        editor.change(uri, &mut version, (line, 0), (line, 0), "\n", &mut times)?;
        for (column, letter) in TYPED.chars().enumerate() {
            editor.change(uri, &mut version, (line, column), (line, column), &letter.to_string(), &mut times)?;
        }
        for column in (0..TYPED.len()).rev() {
            editor.change(uri, &mut version, (line, column), (line, column + 1), "", &mut times)?;
        }
        editor.change(uri, &mut version, (line, 0), (line + 1, 0), "", &mut times)?;
    }
    editor.leave()?;
    Ok(times)
}

struct Editor {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Editor {
    fn start() -> Outcome<Self> {
        let armistice = std::env::current_exe()?.with_file_name("armistice");
        let spawned = Command::new(&armistice).arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child =
            spawned.map_err(|e| format!("{}: {e}; run `cargo build --release` first", armistice.display()))?;
        let (Some(to), Some(from)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("the server has no stdin or stdout".into());
        };
        let mut editor = Self { child, to, from: BufReader::new(from) };
        editor.send(r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#)?;
        editor.receive()?;
        editor.send(r#"{"jsonrpc":"2.0","method":"initialized","params":{}}"#)?;
        Ok(editor)
    }

    /// One keystroke, and how long its problems take.
    fn change(
        &mut self,
        uri: &str,
        version: &mut i64,
        from: (usize, usize),
        to: (usize, usize),
        letters: &str,
        times: &mut Vec<Duration>,
    ) -> Outcome<()> {
        *version += 1;
        let (start, end) = (position(from), position(to));
        let message = format!(
            r#"{{"jsonrpc":"2.0","method":"textDocument/didChange","params":{{"textDocument":{{"uri":"{uri}","version":{version}}},"contentChanges":[{{"range":{{"start":{start},"end":{end}}},"text":{}}}]}}}}"#,
            quoted(letters)
        );
        let started = Instant::now();
        self.send(&message)?;
        self.until_told(*version)?;
        times.push(started.elapsed());
        Ok(())
    }

    fn send(&mut self, body: &str) -> Outcome<()> {
        write!(self.to, "Content-Length: {}\r\n\r\n{body}", body.len())?;
        Ok(self.to.flush()?)
    }

    fn receive(&mut self) -> Outcome<String> {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if self.from.read_line(&mut line)? == 0 {
                return Err("the server has gone".into());
            }
            match line.trim().strip_prefix("Content-Length: ") {
                Some(number) => length = number.parse()?,
                None if line.trim().is_empty() => break,
                None => {}
            }
        }
        let mut body = vec![0; length];
        self.from.read_exact(&mut body)?;
        Ok(String::from_utf8(body)?)
    }

    /// Reads until the problems of this version have come.
    fn until_told(&mut self, version: i64) -> Outcome<()> {
        let told = format!("\"version\":{version}}}");
        while !self.receive()?.contains(&told) {}
        Ok(())
    }

    fn leave(mut self) -> Outcome<()> {
        self.send(r#"{"jsonrpc":"2.0","id":2,"method":"shutdown"}"#)?;
        self.send(r#"{"jsonrpc":"2.0","method":"exit"}"#)?;
        drop(self.to);
        self.child.wait()?;
        Ok(())
    }
}

fn position((line, character): (usize, usize)) -> String {
    format!(r#"{{"line":{line},"character":{character}}}"#)
}

/// A text as JSON has it.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
