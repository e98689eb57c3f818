//! What the benchmarks share.

pub mod pages;
