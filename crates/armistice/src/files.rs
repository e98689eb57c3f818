//! Agreements on disk: a folder or a file, what stands beside it, and which
//! mistakes in paths are whose.

use std::cell::Cell;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use armistice_syntax::{Form, did_you_mean};
use armistice_terms::Checked;

use crate::exit::Failure;

/// What an agreement may be called in its folder.
pub(crate) const AGREEMENTS: [&str; 2] = ["agreement.truce.md", "agreement.truce"];
/// What says which records to assess it on.
pub(crate) const ASSESSMENT: &str = "assessment.truce";

/// The most bytes a file of terms or settings may have: 1 MiB. The longest
/// peace agreements, printed, come to less; checking one takes time and memory
/// many times its length.
pub(crate) const MOST_TERMS: u64 = 1 << 20;

/// The most bytes the files of shapes of an agreement may have together: 16
/// MiB, some 400,000 vertices. A border surveyed to the metre has fewer.
pub(crate) const MOST_SHAPES: u64 = 16 << 20;

/// A file of terms or settings.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// Its text, without a byte order mark.
    pub(crate) text: String,
    /// How it holds its terms.
    pub(crate) form: Form,
}

impl Source {
    /// Reads a file that a person named.
    pub(crate) fn read(path: PathBuf) -> Result<Self, Failure> {
        let bytes = bytes(&path, MOST_TERMS).map_err(|why| Failure::Errors(format!("{}: {why}", path.display())))?;
        let text = String::from_utf8(bytes).map_err(|e| {
            let good = e.utf8_error().valid_up_to();
            let line = e.as_bytes().iter().take(good).filter(|b| **b == b'\n').count() + 1;
            Failure::Errors(format!("{}:{line}: this is not text in UTF-8; save the file as UTF-8", path.display()))
        })?;
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(Self { path, text, form: Form::of_file_name(&name) })
    }

    /// The folder it is in.
    pub(crate) fn folder(&self) -> &Path {
        match self.path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        }
    }

    /// The path, for messages.
    pub(crate) fn shown(&self) -> String {
        self.path.display().to_string()
    }

    /// Checks it as an agreement, with the shapes that lie beside it.
    pub(crate) fn check(&self) -> Checked {
        let folder = self.folder();
        // One file may go by many names: `a.geojson`, `./a.geojson`.
        let room = Cell::new(MOST_SHAPES);
        armistice_terms::check(&self.text, self.form, &|name| {
            let text = geometry(folder, name, room.get())?;
            room.set(room.get().saturating_sub(text.len() as u64));
            Ok(text)
        })
    }

    /// `assessment.truce` beside it, if there is one.
    pub(crate) fn assessment(&self) -> Result<Option<Self>, Failure> {
        let path = tidy(&self.folder().join(ASSESSMENT));
        if path.is_file() && path != self.path { Self::read(path).map(Some) } else { Ok(None) }
    }
}

/// The file that AGREEMENT means.
pub(crate) fn agreement(argument: &Path) -> Result<Source, Failure> {
    if !argument.is_dir() {
        must_exist(argument)?;
        if argument.file_name().is_some_and(|name| name == ASSESSMENT) {
            let argument = argument.display();
            return Err(Failure::Usage(format!(
                "{argument} says how to assess; name the agreement beside it, or their folder"
            )));
        }
        return Source::read(argument.to_owned());
    }
    let inside = |name: &str| tidy(&argument.join(name));
    let mut found: Vec<PathBuf> = AGREEMENTS.iter().map(|name| inside(name)).filter(|p| p.is_file()).collect();
    match (found.pop(), found.pop()) {
        (Some(only), None) => Source::read(only),
        (Some(_), Some(_)) => Err(Failure::Usage(format!(
            "{} holds both {} and {}; name the one you mean",
            argument.display(),
            AGREEMENTS[0],
            AGREEMENTS[1]
        ))),
        (None, _) => {
            let others = names_in(argument).into_iter().filter(|n| is_terms(n) && n != ASSESSMENT).collect::<Vec<_>>();
            let mend = match others.first() {
                Some(other) => format!("did you mean {}?", inside(other).display()),
                None => "name a folder that holds one, or a file".to_owned(),
            };
            Err(Failure::Usage(format!("{} holds no {}; {mend}", argument.display(), AGREEMENTS[0])))
        }
    }
}

/// The path without `./` in front.
pub(crate) fn tidy(path: &Path) -> PathBuf {
    path.strip_prefix(".").unwrap_or(path).to_owned()
}

/// Whether a file's name is that of terms or settings.
pub(crate) fn is_terms(name: &str) -> bool {
    name.ends_with(".truce") || name.ends_with(".truce.md")
}

/// Says so, with the nearest name in the same folder, if nothing is there.
pub(crate) fn must_exist(path: &Path) -> Result<(), Failure> {
    if path.exists() {
        return Ok(());
    }
    if fs::symlink_metadata(path).is_ok_and(|m| m.is_symlink()) {
        let path = path.display();
        return Err(Failure::Usage(format!("{path} is a link that leads to no file; name the file itself")));
    }
    // The deepest folder that exists tells which part of the path is wrong.
    let mut known = PathBuf::new();
    for part in path.components() {
        let next = known.join(part);
        if !next.exists() {
            let folder = if known.as_os_str().is_empty() { Path::new(".") } else { known.as_path() };
            let wanted = part.as_os_str().to_string_lossy().into_owned();
            let names = names_in(folder);
            let mend = did_you_mean(&wanted, names.iter().map(String::as_str)).unwrap_or_else(|| {
                if folder == Path::new(".") {
                    "it is looked for in the current folder".to_owned()
                } else {
                    format!("{} is there, and holds nothing of that name", folder.display())
                }
            });
            let within = if next == path { String::new() } else { format!(", because there is no {}", next.display()) };
            return Err(Failure::Usage(format!("there is no {}{within}; {mend}", path.display())));
        }
        known = next;
    }
    Err(Failure::Usage("no file is named".to_owned()))
}

/// What a folder holds, in alphabetical order; nothing if it cannot be read.
pub(crate) fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// The text of a file of shapes that an agreement names. It must lie beside the
/// agreement or below: an agreement from elsewhere may not read what it likes.
pub(crate) fn geometry(folder: &Path, name: &str, room: u64) -> Result<String, String> {
    let relative = Path::new(name);
    let within = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    if name.is_empty() {
        return Err("it names no file".to_owned());
    }
    if name.contains("://") {
        return Err(format!("`{name}` is on the network, and shapes are read from files alone"));
    }
    if name.contains('\\') || !relative.components().all(within) {
        return Err(format!("`{name}` leads out of the agreement's folder"));
    }
    let path = folder.join(relative);
    let missing = || {
        let names = names_in(folder);
        let found = did_you_mean(name, names.iter().map(String::as_str));
        format!("there is no `{name}`{}", found.map(|mend| format!(" ({mend})")).unwrap_or_default())
    };
    let real = path.canonicalize().map_err(|_| missing())?;
    let home = folder.canonicalize().map_err(|e| reason(&e))?;
    if !real.starts_with(home) {
        return Err(format!("`{name}` is a link out of the agreement's folder"));
    }
    // An agreement from elsewhere may name what never ends, or waits.
    if !fs::metadata(&real).is_ok_and(|m| m.is_file()) {
        return Err(format!("`{name}` is not a file"));
    }
    if fs::metadata(&real).is_ok_and(|m| m.len() > room) {
        let most = MOST_SHAPES >> 20;
        return Err(format!("`{name}` takes the shapes beyond {most} MiB in all; draw them with fewer vertices"));
    }
    let bytes = bytes(&real, room).map_err(|why| format!("`{name}` cannot be read: {why}"))?;
    let text = String::from_utf8(bytes).map_err(|_| format!("`{name}` is not text in UTF-8; save it as UTF-8"))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// All of a file, if it is no longer than `most`.
pub(crate) fn bytes(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    limited(File::open(path).map_err(|e| reason(&e))?, most)
}

/// All of an input, if it is no longer than `most`. It may be a pipe or a
/// device, and its length is known only once it has been read.
pub(crate) fn limited(input: impl Read, most: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    input.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| reason(&e))?;
    if bytes.len() as u64 > most {
        return Err(format!("it is longer than {} MiB; divide it, or take out what is not needed", most >> 20));
    }
    Ok(bytes)
}

/// Why a file cannot be read, without the operating system's numbers.
pub(crate) fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "it may not be read; check its permissions".to_owned(),
        std::io::ErrorKind::IsADirectory => "it is a folder; name the file in it".to_owned(),
        _ => error.to_string(),
    }
}
