//! What changed in the things that a text declares, sort by sort.

use std::collections::BTreeSet;

use armistice_terms::weapons::System;
use armistice_terms::{
    Actor, Agreement, Awaited, Exchange, Gate, Instrument, Inventory, Moment, Phase, Place, Provision, Term,
    WeaponClass,
};

use super::change::Change;
use super::image::{Reader, Renamed};
use super::texts::Numbers;
use super::under::Side;
use super::{Comparison, Thing, declared, named, texts};

impl Comparison<'_, '_> {
    pub(super) fn moments(&self) -> Vec<Thing> {
        self.things(&self.names.moments, |_, moment: &Moment, _| moment.at, declared::moments)
    }

    pub(super) fn places(&self) -> Vec<Thing> {
        self.things(&self.names.places, |r, place: &Place, _| declared::place(r.agreement, place), declared::places)
    }

    pub(super) fn classes(&self) -> Vec<Thing> {
        self.things(&self.names.classes, |_, class: &WeaponClass, _| declared::class(class), declared::classes)
    }

    pub(super) fn systems(&self) -> Vec<Thing> {
        self.things(&Renamed::new(), |_, system: &System, _| declared::system(system), declared::systems)
    }

    /// What the new text numbers the old one's clauses.
    pub(super) fn numbers(&self) -> Numbers {
        let (old, new) = (self.sides.old.checked.agreement(), self.sides.new.checked.agreement());
        let id = |agreement: &Agreement, at: usize| agreement.provisions.get(at).map(|p| p.id.clone());
        self.pairs.iter().filter_map(|(o, n)| Some((id(old, (*o)?)?, id(new, (*n)?)?))).collect()
    }

    pub(super) fn gates(&self, numbers: &Numbers) -> Vec<Thing> {
        let same = Numbers::new();
        let image = |reader: Reader<'_>, gate: &Gate, is_new: bool| {
            declared::gate(reader, if is_new { &same } else { numbers }, gate)
        };
        self.things(&Renamed::new(), image, declared::gates)
    }

    pub(super) fn instruments(&self, numbers: &Numbers) -> Vec<Thing> {
        let same = Numbers::new();
        let image = |reader: Reader<'_>, instrument: &Instrument, is_new: bool| {
            texts::instrument(reader, if is_new { &same } else { numbers }, instrument)
        };
        self.things(&Renamed::new(), image, texts::instruments)
    }

    pub(super) fn phases(&self, numbers: &Numbers) -> Vec<Thing> {
        let same = Numbers::new();
        let image = |reader: Reader<'_>, phase: &Phase, is_new: bool| {
            texts::phase(reader, if is_new { &same } else { numbers }, phase)
        };
        self.things(&Renamed::new(), image, texts::phases)
    }

    pub(super) fn awaited(&self, numbers: &Numbers) -> Vec<Thing> {
        let same = Numbers::new();
        let image = |_: Reader<'_>, awaited: &Awaited, is_new: bool| {
            texts::awaited(if is_new { &same } else { numbers }, awaited)
        };
        let mut things = self.things(&Renamed::new(), image, texts::parts);
        self.reached(&mut things, by_name);
        things
    }

    pub(super) fn terms(&self) -> Vec<Thing> {
        let mut things = self.things(&Renamed::new(), |_, term: &Term, _| texts::term(term), texts::parts);
        self.reached(&mut things, by_name);
        things
    }

    pub(super) fn inventories(&self) -> Vec<Thing> {
        let mut things =
            self.things(&Renamed::new(), |r, stock: &Inventory, _| texts::inventory(r, stock), texts::parts);
        self.reached(&mut things, by_name);
        things
    }

    pub(super) fn exchanges(&self) -> Vec<Thing> {
        self.things(&Renamed::new(), |r, exchange: &Exchange, _| texts::exchange(r, exchange), texts::parts)
    }

    /// On which provisions things bear, where their words do not tell of a change.
    fn reached(&self, things: &mut [Thing], bears: impl Fn(&Agreement, &Provision, &str) -> bool) {
        let (old, new) = (self.sides.old.checked.agreement(), self.sides.new.checked.agreement());
        for thing in things {
            let (agreement, name) = match (&thing.new, &thing.old) {
                (Some(name), _) => (new, name),
                (None, Some(name)) => (old, name),
                (None, None) => continue,
            };
            let reached = agreement.provisions.iter().filter(|p| bears(agreement, p, name));
            thing.reaches = reached.map(|p| p.id.clone()).collect();
        }
    }

    pub(super) fn actors(&self) -> Vec<Thing> {
        let mut things =
            self.things(&self.names.actors, |r, actor: &Actor, _| declared::actor(r, actor), declared::actors);
        let nothing = Renamed::new();
        self.reached(&mut things, |agreement, provision, name| {
            Reader { agreement, renamed: &nothing }.provision(provision).concerns(name)
        });
        things
    }

    /// The declared things of one sort that changed, or have another name.
    fn things<T: Declared, I: PartialEq>(
        &self,
        renamed: &Renamed,
        image: impl Fn(Reader<'_>, &T, bool) -> I,
        compare: fn(&I, &I) -> Vec<Change>,
    ) -> Vec<Thing> {
        let (old, new) = (self.sides.old.checked.agreement(), self.sides.new.checked.agreement());
        let nothing = Renamed::new();
        let thing = |old, new, changes| Thing { sort: T::SORT, old, new, changes, reaches: Vec::new() };
        let come: BTreeSet<&str> = T::all(new).iter().map(T::name).collect();
        let mut met: BTreeSet<&str> = BTreeSet::new();
        let mut found = Vec::new();
        for (at, one) in T::all(old).iter().enumerate() {
            let called = renamed.get(one.name()).map_or(one.name(), String::as_str);
            let Some(other) = come.get(called) else {
                found.push(thing(Some(one.name().to_owned()), None, Vec::new()));
                continue;
            };
            met.insert(other);
            let depends = |side: &Side<'_>, name: &str| -> BTreeSet<usize> {
                let all = side.readings().filter_map(|r| called_so::<T>(&r.agreement, name, at));
                let everything = || (0..side.checked.questions.len()).collect();
                all.flat_map(|thing| thing.depends().cloned().unwrap_or_else(everything)).collect()
            };
            let see = |agreement: &Agreement, renamed: &Renamed, name: &str, is_new: bool| -> Option<I> {
                let found = called_so::<T>(agreement, name, at)?;
                Some(image(Reader { agreement, renamed }, found, is_new))
            };
            let changes = self.sides.changes(
                (&depends(&self.sides.old, one.name()), &depends(&self.sides.new, other)),
                (
                    |a: &Agreement| see(a, &self.names.all, one.name(), false),
                    |a: &Agreement| see(a, &nothing, other, true),
                ),
                |o, n| o.as_ref().zip(n.as_ref()).map(|(o, n)| compare(o, n)).unwrap_or_default(),
            );
            if !changes.is_empty() || one.name() != *other {
                found.push(thing(Some(one.name().to_owned()), Some((*other).to_owned()), changes));
            }
        }
        let added = T::all(new).iter().map(T::name).filter(|name| !met.contains(name));
        found.extend(added.map(|name| thing(None, Some(name.to_owned()), Vec::new())));
        found
    }
}

/// The thing of a name: mostly where it is expected.
fn called_so<'a, T: Declared>(agreement: &'a Agreement, name: &str, at: usize) -> Option<&'a T> {
    let all = T::all(agreement);
    all.get(at).filter(|x| x.name() == name).or_else(|| all.iter().find(|x| x.name() == name))
}

/// A declared thing: what all of them have.
trait Declared: Sized {
    /// The word for its sort.
    const SORT: &'static str;
    fn all(agreement: &Agreement) -> &[Self];
    fn name(&self) -> &str;
    /// The questions it hangs on, where that is known: else it may be any.
    fn depends(&self) -> Option<&BTreeSet<usize>>;
}

macro_rules! declared {
    ($($thing:ident: $sort:literal, $list:ident $(, $depends:ident)?;)+) => {$(
        impl Declared for $thing {
            const SORT: &'static str = $sort;

            fn all(agreement: &Agreement) -> &[Self] {
                &agreement.$list
            }

            fn name(&self) -> &str {
                &self.name
            }

            fn depends(&self) -> Option<&BTreeSet<usize>> {
                #[allow(unused_mut, unused_assignments, reason = "not every sort says")]
                let mut known = None;
                $(known = Some(&self.$depends);)?
                known
            }
        }
    )+};
}

declared! {
    Actor: "party", actors, depends;
    Moment: "moment", moments, depends;
    Awaited: "awaited", awaited;
    Place: "place", places, depends;
    WeaponClass: "weapons", weapons, depends;
    System: "system", systems, depends;
    Gate: "gate", gates, depends;
    Phase: "phase", phases, depends;
    Inventory: "inventory", inventories, depends;
    Exchange: "exchange", exchanges, depends;
    Instrument: "instrument", instruments, depends;
    Term: "term", terms;
}

/// Whether a provision names a thing.
fn by_name(_: &Agreement, provision: &Provision, name: &str) -> bool {
    named(&provision.words).contains(name)
}
