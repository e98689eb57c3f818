//! The peers, from their registries, into a folder of their own.
//!
//! What cannot be had is left out with a line that says why.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::place::{out, root};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Runs a command and gives what it printed.
///
/// # Errors
/// The last line of what it complained of, where it failed.
pub fn run(command: &mut Command) -> Outcome<String> {
    let done = command.stdin(Stdio::null()).output()?;
    if done.status.success() {
        return Ok(String::from_utf8_lossy(&done.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&done.stderr);
    Err(said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("it failed and said nothing").to_owned().into())
}

/// A Python of our own with the packages of `bench/peers/requirements.txt`, in
/// the versions written there. A package that cannot be had is named.
///
/// # Errors
/// Where there is no Python to begin with.
pub fn python() -> Outcome<PathBuf> {
    let home = out()?.join("venv");
    let python = home.join("bin/python");
    if !python.exists() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&home))?;
    }
    let wanted = fs::read_to_string(root().join("bench/peers/requirements.txt"))?;
    let held = run(Command::new(&python).args(["-m", "pip", "list", "--format", "freeze"]))?;
    let same = |a: &str, b: &str| a.trim().replace('_', "-").eq_ignore_ascii_case(&b.trim().replace('_', "-"));
    for package in wanted.lines().filter(|line| !line.is_empty()) {
        if held.lines().any(|line| same(line, package)) {
            continue;
        }
        eprintln!("installing {package}");
        if let Err(why) = run(Command::new(&python).args(["-m", "pip", "install", "--quiet", package])) {
            eprintln!("{package} is left out: {why}");
        }
    }
    Ok(python)
}

/// The program that this repository builds.
///
/// # Errors
/// Where it does not build.
pub fn armistice() -> Outcome<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = run(Command::new(cargo).args(["build", "--release", "--quiet", "-p", "armistice"]).current_dir(root()));
    built.map_err(|why| format!("armistice does not build: {why}"))?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    Ok(target.join("release/armistice"))
}

/// A program that is published as a crate, built once into `bench/out/cargo`.
///
/// # Errors
/// Where it cannot be had or does not build.
pub fn from_crates(name: &str, version: &str, program: &str) -> Outcome<PathBuf> {
    let home = out()?.join("cargo");
    let program = home.join("bin").join(program);
    if !program.exists() {
        eprintln!("installing {name} {version}");
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        run(Command::new(cargo)
            .args(["install", "--quiet", name, "--version", version, "--root"])
            .arg(&home)
            .arg("--target-dir")
            .arg(home.join("target")))?;
        fs::remove_dir_all(home.join("target"))?;
    }
    Ok(program)
}

/// A cluster of PostgreSQL with PostGIS, running while this is held.
pub struct Postgis {
    binaries: PathBuf,
    home: PathBuf,
}

/// Its port; it listens on a socket in its own folder and nowhere else.
const PORT: &str = "54329";

impl Postgis {
    /// Installs it from the distribution where that can be, makes a cluster and
    /// starts it.
    ///
    /// # Errors
    /// Where it is not installed and cannot be, or does not start.
    pub fn start() -> Outcome<Self> {
        let binaries = match binaries() {
            Ok(found) => found,
            Err(_) => {
                eprintln!("installing postgresql-15-postgis-3");
                let apt = ["install", "-y", "--no-install-recommends", "postgresql-15-postgis-3"];
                run(Command::new("apt-get").args(apt).env("DEBIAN_FRONTEND", "noninteractive"))?;
                binaries()?
            }
        };
        let home = out()?.join("postgres");
        let postgis = Self { binaries, home };
        if !postgis.home.join("data").exists() {
            fs::create_dir_all(&postgis.home)?;
            if root_user() {
                run(Command::new("chown").arg("postgres").arg(&postgis.home))?;
            }
            let mut initdb = postgis.server("initdb");
            run(initdb.args(["--auth", "trust", "--username", "postgres", "--pgdata"]).arg(postgis.home.join("data")))?;
        }
        let settings = format!(
            "-c listen_addresses= -c unix_socket_directories={} -p {PORT} -c shared_buffers=1GB -c max_wal_size=4GB \
             -c jit=off",
            postgis.home.display()
        );
        let mut start = postgis.server("pg_ctl");
        let start = start.args(["start", "--wait", "--silent", "--log"]).arg(postgis.home.join("log"));
        // Not `run`: the server keeps the pipes open.
        let started = start
            .arg("--pgdata")
            .arg(postgis.home.join("data"))
            .args(["--options", &settings])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()?;
        if started.success() { Ok(postgis) } else { Err("PostgreSQL did not start; see bench/out/postgres/log".into()) }
    }

    /// A program of the server, as a user who is not root, which it demands.
    fn server(&self, program: &str) -> Command {
        let program = self.binaries.join(program);
        if !root_user() {
            return Command::new(program);
        }
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program).current_dir("/");
        command
    }

    /// `psql` on a file of SQL.
    #[must_use]
    pub fn psql(&self, file: &Path) -> Command {
        let mut command = Command::new(self.binaries.join("psql"));
        command.args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-U", "postgres", "-p", PORT, "-h"]).arg(&self.home);
        command.arg("-f").arg(file);
        command
    }
}

impl Drop for Postgis {
    fn drop(&mut self) {
        let stop = self
            .server("pg_ctl")
            .args(["stop", "--mode", "fast", "--silent", "--pgdata"])
            .arg(self.home.join("data"))
            .status();
        let gone = fs::remove_dir_all(&self.home);
        if stop.is_err() || gone.is_err() {
            eprintln!("PostgreSQL in {} could not be stopped and removed", self.home.display());
        }
    }
}

fn root_user() -> bool {
    run(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn binaries() -> Outcome<PathBuf> {
    let mut versions: Vec<PathBuf> =
        fs::read_dir("/usr/lib/postgresql")?.filter_map(Result::ok).map(|entry| entry.path()).collect();
    versions.sort();
    let newest = versions.pop().ok_or("there is no PostgreSQL")?;
    let version = newest.file_name().unwrap_or_default().to_owned();
    let extension = Path::new("/usr/share/postgresql").join(version).join("extension/postgis.control");
    if extension.exists() { Ok(newest.join("bin")) } else { Err("there is no PostGIS".into()) }
}
