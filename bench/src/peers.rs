//! Comparisons with what one would use instead.

pub mod agree;
pub mod chart;
pub mod csv;
pub mod dice;
pub mod ground;
pub mod growth;
pub mod install;
pub mod options;
pub mod place;
pub mod records;
pub mod spatial;
pub mod temporal;
pub mod timing;
