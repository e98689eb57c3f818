//! The fuzz targets without a fuzzer: every seed, and every seed with simple
//! damage done to it, the same each time.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::fs;
use std::path::{Path, PathBuf};

use armistice_fuzz::TARGETS;

/// Damaged copies of each seed, and of each page of the gallery, which is long
/// and is read by three targets.
const ROUNDS: u64 = 60;
const ROUNDS_OF_A_PAGE: u64 = 12;

/// What often matters to a parser.
const SHARDS: [&[u8]; 28] = [
    b"\0",
    b"\n",
    b"\r",
    b"\"",
    b",",
    b"[",
    b"{",
    b"|",
    b"\\",
    b"#",
    b"`",
    b"-0",
    b"1e999",
    b"NaN",
    b"inf",
    b"91",
    b"-181",
    b"4294967296",
    b"99999-01-01",
    b"2016-02-30",
    b"0000-00-00",
    b"9999-12-31",
    b"\x1b[2J",
    b"\xff\xfe",
    b"\xe2\x80\xae",
    b"\xef\xbb\xbf",
    b"null",
    b"9223372036854775807",
];

/// A plain generator of numbers that look random (xorshift); no clock in it.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }
}

fn damaged(seed: &[u8], round: u64) -> Vec<u8> {
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15 ^ round.wrapping_mul(0xA24B_AED4_963E_E407));
    let mut bytes = seed.to_vec();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(bytes.len() + 1);
        let end = (at + numbers.below(20)).min(bytes.len());
        match numbers.below(6) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end)),
            2 => drop(bytes.splice(at..at, SHARDS[numbers.below(SHARDS.len())].iter().copied())),
            3 => drop(bytes.splice(at..end, SHARDS[numbers.below(SHARDS.len())].iter().copied())),
            4 if at < bytes.len() => bytes[at] ^= 1 << numbers.below(8),
            _ => {
                let piece = bytes[at..end].to_vec();
                let to = numbers.below(bytes.len() + 1);
                bytes.splice(to..to, piece);
            }
        }
    }
    bytes
}

fn seeds(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    // Three targets read agreements, and share their seeds.
    let target = if ["parser", "formatter", "checker"].contains(&target) { "language" } else { target };
    let mut paths: Vec<PathBuf> =
        fs::read_dir(here.join("seeds").join(target)).unwrap().map(|entry| entry.unwrap().path()).collect();
    if target == "language" {
        // The gallery's own pages are the best seeds, and are not copied.
        let folders = fs::read_dir(here.join("../agreements")).unwrap();
        paths.extend(folders.map(|f| f.unwrap().path().join("agreement.truce.md")).filter(|p| p.is_file()));
    }
    paths.sort();
    assert!(!paths.is_empty(), "{target} has no seeds");
    paths.into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

#[test]
fn every_target_bears_its_seeds_and_damage_to_them() {
    for (name, target) in TARGETS {
        for (path, seed) in seeds(name) {
            // Shown only when what follows fails.
            println!("{name}: {}", path.display());
            target(&seed);
            let page = path.ends_with("agreement.truce.md");
            for round in 0..if page { ROUNDS_OF_A_PAGE } else { ROUNDS } {
                println!("{name}: {} round {round}", path.display());
                target(&damaged(&seed, round));
            }
        }
    }
}
