//! Runs the built binary and writes down everything it said.

#![allow(dead_code, reason = "each test file uses its own part")]

pub(crate) mod editor;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The workspace's folder.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The names of the agreements in the gallery.
pub(crate) fn gallery() -> Vec<String> {
    let folders = fs::read_dir(root().join("agreements")).unwrap().map(|e| e.unwrap());
    let mut names: Vec<String> =
        folders.filter(|e| e.path().is_dir()).map(|e| e.file_name().into_string().unwrap()).collect();
    names.sort();
    assert!(!names.is_empty());
    names
}

/// Whether a file kept beside an agreement still holds what is printed. Where
/// snapshots are renewed, it is renewed with them.
pub(crate) fn beside(file: &Path, now: &[u8]) -> bool {
    if std::env::var_os("INSTA_UPDATE").is_some_and(|how| how == "always") {
        fs::write(file, now).unwrap();
    }
    fs::read(file).is_ok_and(|kept| kept == now)
}

/// A fresh folder for one test.
pub(crate) fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

/// The binary, in a folder, with no opinion on colour from outside.
pub(crate) fn armistice(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_armistice"));
    command.current_dir(folder).args(args);
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "TERM"] {
        command.env_remove(variable);
    }
    command
}

/// Exit code, stdout and stderr, as one text.
pub(crate) fn told(folder: &Path, args: &[&str]) -> String {
    transcript(args, &armistice(folder, args).output().unwrap())
}

/// The same, with something on stdin.
pub(crate) fn told_with(folder: &Path, args: &[&str], input: &str) -> String {
    let mut command = armistice(folder, args);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    transcript(args, &child.wait_with_output().unwrap())
}

fn transcript(args: &[&str], output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap().trim_end().to_owned();
    let code = output.status.code().unwrap();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    let mut all = format!("$ armistice {}\nexit {code}\n", args.join(" "));
    for (name, words) in [("stdout", out), ("stderr", err)] {
        if !words.is_empty() {
            all.push_str(&format!("--- {name} ---\n{words}\n"));
        }
    }
    all
}

/// Writes a file into a test's folder.
pub(crate) fn put(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// A small agreement without a mistake.
pub(crate) const TRUCE: &str = r#"agreement "A truce between North and South"
  signed 2014-09-19
  times in Europe/Kyiv
  days start at 00:00

moment D is 2014-09-20 08:00

party North "the north"
  known as "Government of Ukraine"

party South "the south"
  known as "Maidan"

monitor Mission "the mission"

line River "the river"
  from "places.geojson#river"
  good to 100 m

weapons Heavy are tanks, artillery and "Uragan"

clause 1 "Quiet"

North and South must not attack each other
  from D
  for [48 hours: "the text" | 72 hours: "the press"]
  renewed by North and South together
  except in self-defence
  verified by Mission

clause 2 "Heavy weapons"

South must withdraw Heavy to at least 15 km from River
  by D + 3 days
  verified by Mission

gate Talks "the talks"
  opens when 1 and 2 are kept for 7 consecutive days
  certified by Mission
"#;

/// The river of [`TRUCE`].
pub(crate) const PLACES: &str = r#"{ "type": "FeatureCollection", "features": [ { "type": "Feature", "id": "river",
  "properties": {}, "geometry": { "type": "LineString", "coordinates": [[30.0, 50.0], [31.0, 50.1]] } } ] }
"#;

/// A folder with [`TRUCE`] in it.
pub(crate) fn truce(name: &str) -> PathBuf {
    let folder = folder(name);
    put(&folder, "agreement.truce", TRUCE);
    put(&folder, "places.geojson", PLACES);
    folder
}
