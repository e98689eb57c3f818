//! What the benchmarks share.

pub mod pages;
pub mod peers;
