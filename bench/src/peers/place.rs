//! Where things lie.

use std::path::{Path, PathBuf};

/// The folder of the repository.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

/// The folder of what is installed and made; nothing in it is kept with the
/// sources.
///
/// # Errors
/// Where it cannot be made.
pub fn out() -> std::io::Result<PathBuf> {
    let folder = root().join("bench/out");
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// The peers' programs of a comparison.
#[must_use]
pub fn programs(comparison: &str) -> PathBuf {
    root().join("bench/peers").join(comparison)
}
