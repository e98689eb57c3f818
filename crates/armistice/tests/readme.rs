//! The README shows what the program prints, and names the commands that do.

use std::path::Path;

#[test]
fn the_readmes_output_is_real() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let expected = std::fs::read_to_string(root.join("agreements/syria-geneva-2016/expected.txt")).unwrap();
    let shown = readme.split("```text\n").nth(1).unwrap().split("```").next().unwrap();
    let lines: Vec<&str> = shown.lines().filter(|l| !l.trim().is_empty() && *l != "…").collect();
    assert!(lines.len() > 20);
    for line in lines {
        assert!(expected.lines().any(|e| e == line), "not printed: {line}");
    }
    let term = readme.split("```truce\n").nth(1).unwrap().split("```").next().unwrap();
    let agreement = std::fs::read_to_string(root.join("agreements/syria-geneva-2016/agreement.truce.md")).unwrap();
    assert!(agreement.contains(term), "the README's term is the agreement's");
}

#[test]
fn the_readmes_agreement_is_sound() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let whole = readme.split("```truce\n").nth(2).unwrap().split("```").next().unwrap();
    let folder = std::env::temp_dir().join(format!("armistice-readme-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("river.truce");
    std::fs::write(&file, whole).unwrap();
    for command in [&["check", "--deny-warnings"][..], &["fmt", "--check"]] {
        let done =
            std::process::Command::new(env!("CARGO_BIN_EXE_armistice")).args(command).arg(&file).output().unwrap();
        assert!(done.status.success(), "{command:?}: {done:?}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
