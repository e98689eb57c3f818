//! What lies beside an open page, read again only when it has changed.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use lsp_types::Uri;

use crate::Shelf;

/// When a file was last changed, and how long it is.
type Stamp = (Option<SystemTime>, u64);

/// What reading a file gave, and when that was.
type Kept = (Stamp, Result<String, String>);

/// Files as they were read last.
pub(crate) struct Files<'a> {
    shelf: Shelf<'a>,
    known: RefCell<HashMap<PathBuf, Kept>>,
}

impl<'a> Files<'a> {
    pub(crate) fn new(shelf: Shelf<'a>) -> Self {
        Self { shelf, known: RefCell::default() }
    }

    /// The text of a file by the path written in a page of this folder.
    pub(crate) fn read(&self, folder: Option<&Path>, name: &str) -> Result<String, String> {
        let Some(folder) = folder else {
            return Err("this page is not saved in any folder yet".to_owned());
        };
        let path = folder.join(name);
        let Ok(found) = std::fs::metadata(&path) else {
            return (self.shelf)(folder, name);
        };
        let stamp = (found.modified().ok(), found.len());
        if let Some((then, text)) = self.known.borrow().get(&path)
            && *then == stamp
        {
            return text.clone();
        }
        let text = (self.shelf)(folder, name);
        self.known.borrow_mut().insert(path, (stamp, text.clone()));
        text
    }
}

/// The path that a `file:` address means.
pub(crate) fn path_of(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.as_str().strip_prefix("file://")?;
    let path = rest.get(rest.find('/')?..)?;
    let decoded = decoded(path)?;
    // `/c:/agreements`: a drive has no slash before it.
    let drive = decoded.as_bytes().get(2) == Some(&b':') && cfg!(windows);
    Some(PathBuf::from(if drive { decoded.get(1..)? } else { &decoded }))
}

fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: u8| char::from(byte).to_digit(16);
            let (high, low) = (digit(rest.next()?)?, digit(rest.next()?)?);
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_paths() {
        let path = |uri: &str| path_of(&uri.parse().unwrap());
        assert_eq!(path("file:///a%20b/%D0%B4.truce"), Some(PathBuf::from("/a b/д.truce")));
        assert_eq!(path("file://host/a.truce"), Some(PathBuf::from("/a.truce")));
        assert_eq!(path("untitled:one"), None);
        assert_eq!(path("file:///a%FF"), None);
    }
}
