//! `armistice fmt`: the one canonical form.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use armistice_syntax::{Form, Level, format, parse};

use super::counted;
use crate::cli::{self, Fmt};
use crate::exit::{Failure, Outcome};
use crate::files::{self, Source};
use crate::terminal;

pub(super) fn run(args: &Fmt) -> Result<Outcome, Failure> {
    if args.files.iter().any(|f| f.as_os_str() == "-") {
        return if args.files.len() == 1 {
            piped(args)
        } else {
            Err(Failure::Usage("`-` stands for stdin and goes with no other file".to_owned()))
        };
    }
    if args.form.is_some() {
        return Err(Failure::Usage("`--form` is for `-`; a file's form follows from its name".to_owned()));
    }
    // Every path is looked at before any file is changed.
    let mut sources: Vec<Source> = Vec::new();
    for path in args.files.iter().map(|f| expanded(f)).collect::<Result<Vec<_>, _>>()?.into_iter().flatten() {
        sources.push(Source::read(path)?);
    }
    let mut out = terminal::answers();
    let mut uneven = 0;
    for source in sources {
        let canonical = format(&source.text, source.form);
        note_mistakes(&source.shown(), &source.text, source.form);
        if canonical == source.text {
            continue;
        }
        uneven += 1;
        if args.check {
            writeln!(out, "{}", source.shown())?;
        } else {
            replace(&source.path, &canonical)
                .map_err(|e| Failure::Errors(format!("{} could not be written: {e}", source.shown())))?;
        }
    }
    out.flush()?;
    if args.check && uneven > 0 {
        let what = counted(uneven, "file is", "files are");
        terminal::plain(&format!("{what} not in canonical form; `armistice fmt` rewrites"));
        return Ok(Outcome::Errors);
    }
    Ok(Outcome::Answered)
}

/// The files of terms that a path means.
fn expanded(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    files::must_exist(path)?;
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let names = files::names_in(path).into_iter().filter(|name| files::is_terms(name));
    let found: Vec<PathBuf> = names.map(|name| files::tidy(&path.join(name))).filter(|p| p.is_file()).collect();
    if found.is_empty() {
        let path = path.display();
        return Err(Failure::Usage(format!(
            "{path} holds no .truce or .truce.md file; name a folder that does, or a file"
        )));
    }
    Ok(found)
}

fn piped(args: &Fmt) -> Result<Outcome, Failure> {
    let Some(form) = args.form else {
        return Err(Failure::Usage(
            "stdin has no name to tell its form; add `--form page` for Markdown or `--form plain` for terms alone"
                .to_owned(),
        ));
    };
    let form = match form {
        cli::Form::Page => Form::Literate,
        cli::Form::Plain => Form::Plain,
    };
    let bytes = files::limited(io::stdin().lock(), files::MOST_TERMS)
        .map_err(|why| Failure::Errors(format!("stdin could not be read: {why}")))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::Errors("stdin is not text in UTF-8; send it as UTF-8".to_owned()))?;
    let canonical = format(&text, form);
    note_mistakes("stdin", &text, form);
    let mut out = terminal::answers();
    if args.check {
        if canonical == text {
            return Ok(Outcome::Answered);
        }
        writeln!(out, "stdin")?;
        return Ok(Outcome::Errors);
    }
    out.write_all(canonical.as_bytes())?;
    out.flush()?;
    Ok(Outcome::Answered)
}

fn note_mistakes(name: &str, text: &str, form: Form) {
    let mistakes = parse(text, form).diagnostics.iter().filter(|d| d.level == Level::Error).count();
    if mistakes > 0 {
        // A form is of words: what they come to is for `check`, which may find more.
        let what = counted(mistakes, "mistake of grammar", "mistakes of grammar");
        terminal::warning(&format!(
            "{what} in {name}; those lines are left as they stand. `armistice check` tells of these, and of mistakes of meaning"
        ));
    }
}

/// Puts `text` in the place of a file, whole or not at all.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    // A link stays a link: what it points to is replaced.
    let path = path.canonicalize()?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let draft = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let written = write_new(&draft, text, &path).and_then(|()| fs::rename(&draft, &path));
    if written.is_err() {
        let _ = fs::remove_file(&draft);
    }
    written
}

fn write_new(draft: &Path, text: &str, like: &Path) -> io::Result<()> {
    let mut file: File = OpenOptions::new().write(true).create_new(true).open(draft)?;
    file.write_all(text.as_bytes())?;
    file.set_permissions(fs::metadata(like)?.permissions())?;
    file.sync_all()
}
