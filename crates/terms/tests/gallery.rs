//! Every agreement of the gallery checks without an error.

use std::fs;
use std::path::Path;

use armistice_syntax::{Form, format, parse, render};

#[test]
fn the_gallery_is_sound() {
    let gallery = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../agreements");
    let mut seen = 0;
    for folder in fs::read_dir(gallery).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir()) {
        let text = fs::read_to_string(folder.join("agreement.truce.md")).unwrap();
        let resource = |name: &str| fs::read_to_string(folder.join(name)).map_err(|e| e.to_string());
        let checked = armistice_terms::check(&text, Form::Literate, &resource);
        let shown: String = checked.diagnostics.iter().map(|d| render(d, "agreement.truce.md", &text, false)).collect();
        assert!(!checked.has_errors(), "{}\n{shown}", folder.display());
        assert_eq!(parse(&text, Form::Literate).syntax().text().to_string(), text);
        assert_eq!(format(&text, Form::Literate), text, "{} is in canonical form", folder.display());
        seen += 1;
    }
    assert!(seen >= 1);
}
