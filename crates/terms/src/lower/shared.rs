//! What is understood once and holds in every reading that reads it so.
//!
//! Most statements have no bracket and name nothing that has one: they mean the
//! same under every reading, and are read under the first alone. Of the others,
//! what was read is kept with the answers that mattered to it, and holds wherever
//! the same answers are given.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasherDefault, Hasher};
use std::rc::Rc;

use armistice_syntax::{Heading, Span, SyntaxNode};
use jiff::Timestamp;

use super::numbers::Numbers;
use super::{Lower, Placed};
use crate::model::Unevaluated;

/// What is read of a statement at one time: of some, more than one thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Said,
    Ahead,
    Declared,
    Moment,
    Place,
    System,
    Weapons,
    Instrument,
    Actor,
    NameAgain,
    Inventory,
    Provision,
    Gate,
    Rest,
    References,
    Position,
    Approval,
}

/// What has been read under the readings before this one.
pub(crate) struct Memory {
    /// Whether anything is kept at all.
    pub(super) keeps: bool,
    read: RefCell<Read>,
    /// What each actor hangs on under the first reading, and whether under this
    /// one it is the same: what concerns an actor hangs on that, too.
    actors: RefCell<Option<Vec<BTreeSet<usize>>>>,
    pub(super) actors_alike: Cell<bool>,
    pub(super) numbers: RefCell<Option<Numbers>>,
    /// Whether the provisions of this reading have the same ids: what points at
    /// them by number may then be kept.
    pub(super) alike: Cell<bool>,
}

/// What was read, by what it is and where it begins.
type Read = HashMap<(Part, usize), Vec<Kept>, BuildHasherDefault<Quick>>;

/// One thing that was read, and all that reading it did.
#[derive(Clone)]
struct Kept {
    /// The answers that mattered to it.
    answers: Rc<[(usize, Option<usize>)]>,
    value: Rc<dyn Any>,
    depends: Rc<BTreeSet<usize>>,
    resolved: Rc<[(Span, Timestamp)]>,
    unevaluated: Rc<[Unevaluated]>,
}

impl Memory {
    pub(crate) fn new(keeps: bool) -> Self {
        Self {
            keeps,
            read: RefCell::default(),
            numbers: RefCell::default(),
            actors: RefCell::default(),
            actors_alike: Cell::new(true),
            alike: Cell::new(true),
        }
    }
}

/// Where statements begin differs enough to be told apart in one step.
#[derive(Default)]
struct Quick(u64);

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn write_isize(&mut self, number: isize) {
        self.write_u64(number as u64);
    }
}

impl Lower<'_> {
    /// Finds out whether every actor hangs on what it hangs on under the first
    /// reading: one whose bracket holds another may not.
    pub(super) fn hang_alike(&self) {
        let mut first = self.memory.actors.borrow_mut();
        let now = || self.agreement.actors.iter().map(|actor| &actor.depends);
        let alike = first.as_ref().is_none_or(|first| now().eq(first));
        self.memory.actors_alike.set(alike);
        first.get_or_insert_with(|| now().cloned().collect());
    }

    /// Reads something, unless that was done under a reading that answers all
    /// that mattered to it as this one does; with what its result hangs on.
    ///
    /// What was found wrong is not kept, but found again: what is told depends
    /// on what was told before.
    pub(super) fn once<T: Clone + 'static>(
        &mut self,
        part: Part,
        node: &SyntaxNode,
        read: impl FnOnce(&mut Self) -> T,
    ) -> (T, BTreeSet<usize>) {
        self.once_at(part, usize::from(node.text_range().start()), read)
    }

    pub(super) fn once_at<T: Clone + 'static>(
        &mut self,
        part: Part,
        at: usize,
        read: impl FnOnce(&mut Self) -> T,
    ) -> (T, BTreeSet<usize>) {
        let chooser = self.chooser;
        if let Some(kept) = self.kept(part, at)
            && let Some(value) = kept.value.downcast_ref::<T>()
        {
            chooser.touch(&kept.depends);
            self.agreement.resolved.extend_from_slice(&kept.resolved);
            self.agreement.unevaluated.extend_from_slice(&kept.unevaluated);
            return (value.clone(), (*kept.depends).clone());
        }
        let before = self.marks();
        let (value, depends) = chooser.watch(|| read(self));
        let [told, wrong, resolved, unevaluated] = before;
        if self.memory.keeps && [told, wrong] == [self.told.len(), self.diagnostics.len()] {
            let mattered = depends.union(&self.behind_all);
            let kept = Kept {
                answers: mattered.map(|question| (*question, chooser.answer(*question))).collect(),
                value: Rc::new(value.clone()),
                depends: Rc::new(depends.clone()),
                resolved: self.agreement.resolved.get(resolved..).unwrap_or_default().into(),
                unevaluated: self.agreement.unevaluated.get(unevaluated..).unwrap_or_default().into(),
            };
            self.memory.read.borrow_mut().entry((part, at)).or_default().push(kept);
        }
        (value, depends)
    }

    /// As `once`, of what points at provisions by their number.
    pub(super) fn once_pointing<T: Clone + 'static>(
        &mut self,
        part: Part,
        node: &SyntaxNode,
        read: impl FnOnce(&mut Self) -> T,
    ) -> (T, BTreeSet<usize>) {
        self.once_if(self.memory.alike.get(), part, node, read)
    }

    /// As `once`, if what it takes from elsewhere is the same under the first
    /// reading.
    pub(super) fn once_if<T: Clone + 'static>(
        &mut self,
        same: bool,
        part: Part,
        node: &SyntaxNode,
        read: impl FnOnce(&mut Self) -> T,
    ) -> (T, BTreeSet<usize>) {
        if same {
            return self.once(part, node, read);
        }
        let chooser = self.chooser;
        chooser.watch(|| read(self))
    }

    /// Which names and clauses are there is the same under readings in which
    /// nothing is wrong.
    pub(super) fn point_at_what_is_there(&mut self, placed: &[Placed], headings: &[Heading]) {
        if self.told.is_empty() && self.memory.alike.get() {
            self.once_at(Part::References, 0, |lower| lower.references(placed, headings));
        } else {
            self.references(placed, headings);
        }
    }

    fn kept(&self, part: Part, at: usize) -> Option<Kept> {
        let read = self.memory.read.borrow();
        let answered = |kept: &&Kept| kept.answers.iter().all(|(q, answer)| self.chooser.answer(*q) == *answer);
        read.get(&(part, at))?.iter().find(answered).cloned()
    }

    fn marks(&self) -> [usize; 4] {
        let agreement = &self.agreement;
        [self.told.len(), self.diagnostics.len(), agreement.resolved.len(), agreement.unevaluated.len()]
    }
}
