//! Which records may be told more than once, in four or five bytes a record.

use std::hash::BuildHasher;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use hashbrown::DefaultHashBuilder;

/// A table of the marks of all ids seen, filled by many at once. Two different ids
/// have one mark in some billions of cases; two of the same always.
pub(super) struct Ids {
    hasher: DefaultHashBuilder,
    marks: Vec<AtomicU32>,
}

impl Ids {
    /// Room for so many ids, a fifth of it left free.
    pub(super) fn room_for(rows: usize) -> Self {
        let room = rows + rows / 4 + 16;
        let marks = std::iter::repeat_with(|| AtomicU32::new(0)).take(room).collect();
        Self { hasher: DefaultHashBuilder::default(), marks }
    }

    pub(super) fn hash(&self, id: &str) -> u64 {
        self.hasher.hash_one(id)
    }

    /// How many ids are brought near at a time.
    pub(super) const AHEAD: usize = 64;

    /// Has the table's lines brought near that the next ids will be noted in: to
    /// wait for one at a time would take longer than all else.
    pub(super) fn come_near(&self, hashes: &[u64]) {
        let near = hashes.iter().take(Self::AHEAD).filter_map(|hash| self.marks.get(self.begin(*hash)));
        std::hint::black_box(near.fold(0, |sum: u32, slot| sum.wrapping_add(slot.load(Relaxed))));
    }

    /// Where to begin: by the high half of the hash, of which the low half is the mark.
    fn begin(&self, hash: u64) -> usize {
        let begin = (u128::from(hash >> 32) * self.marks.len() as u128) >> 32;
        usize::try_from(begin).unwrap_or_default().min(self.marks.len())
    }

    /// Notes an id; whether one like it was noted before, by anyone.
    pub(super) fn note(&self, hash: u64) -> bool {
        let mark = (hash as u32).max(1);
        let (before, after) = self.marks.split_at(self.begin(hash));
        for slot in after.iter().chain(before) {
            let found = match slot.load(Relaxed) {
                0 => slot.compare_exchange(0, mark, Relaxed, Relaxed).unwrap_or_else(|found| found),
                found => found,
            };
            match found {
                0 => return false,
                found if found == mark => return true,
                _ => {}
            }
        }
        // There is room for all: this is not reached. If it were, nothing is lost.
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_again_is_noticed_and_what_is_new_is_not() {
        let ids = Ids::room_for(100_000);
        let fresh = |n: u32| ids.note(ids.hash(&format!("record-{n}")));
        assert_eq!((0..100_000).filter(|n| fresh(*n)).count(), 0);
        assert_eq!((0..100_000).filter(|n| fresh(*n)).count(), 100_000);
    }
}
