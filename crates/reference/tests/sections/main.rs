//! Small cases worked out by hand from `docs/semantics.md`, section by section.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod acts;
mod adherence;
mod beyond;
mod bodies;
mod case;
mod cure;
mod deeds;
mod evidence;
mod exchanges;
mod gates;
mod ground;
mod hours;
mod instruments;
mod leave;
mod limits;
mod links;
mod people;
mod periods;
mod persistence;
mod place;
mod precedence;
mod proof;
mod sources;
mod standings;
mod stocks;
mod time;
mod weapons;
