//! What each side of an exchange has released, and what it still owes.

use std::collections::BTreeSet;

use armistice_records::{Act, Direction, Record, RecordColumns};
use armistice_terms::{Agreement, Exchange, Share};
use arrow_array::Array;

use crate::counting::counted;
use crate::events::{Events, happened};
use crate::evidence::{discounted, stands_under};
use crate::knowledge::At;
use crate::running::{Running, naming, projected};
use crate::telling::Telling;
use crate::truth::Truth;
use crate::when::widened;

/// A number of things: so many at least, and at most if anything tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Between {
    /// At least.
    pub least: u64,
    /// At most; none where nothing on record says.
    pub most: Option<u64>,
}

/// How an exchange stood at a time; of each pair, the first is what is given
/// and the second what it is given for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    /// The first second it is of …
    pub from: i64,
    /// … and the last; the same where it is of an instant.
    pub until: i64,
    /// What each side had released.
    pub released: [Between; 2],
    /// What each should have released for what the other had.
    pub due: [Between; 2],
    /// What each still owed.
    pub owed: [Between; 2],
}

/// Whether a side had released, by the deadline, what was due from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Settled {
    /// The text sets no deadline.
    NoDeadline,
    /// The deadline has not come.
    NotDue,
    /// It had released all that was due.
    Done,
    /// It had released less.
    Short,
    /// Nothing on record says.
    CannotTell,
}

impl Settled {
    /// The word for reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NoDeadline => "no deadline",
            Self::NotDue => "not yet due",
            Self::Done => "done in time",
            Self::Short => "less than was due",
            Self::CannotTell => "cannot tell",
        }
    }
}

/// An exchange under one reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExchangeAccount {
    /// Which alternative the reading takes of each question it hangs on.
    pub answers: Vec<(usize, usize)>,
    /// What came of it; none if it cannot be evaluated.
    pub told: Option<ExchangeTold>,
}

/// What the records tell of an exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExchangeTold {
    /// At the deadline, if it has come.
    pub at_deadline: Option<Account>,
    /// As last counted, else at the end of the period.
    pub last: Account,
    /// What came of each side's share by the deadline.
    pub settled: [Settled; 2],
    /// Which side released first, as far as that is on record.
    pub led: Option<usize>,
    /// Whether that is the one that the text names first, if it names one.
    pub in_order: Option<Truth>,
    /// The records it rests on, by id.
    pub by: Vec<String>,
}

/// So many released by one side, over an interval.
#[derive(Clone, Debug)]
struct Item {
    side: usize,
    from: i64,
    until: i64,
    low: u64,
    /// Of a count of all there was: the most.
    high: Option<u64>,
    whole: bool,
    id: String,
}

/// Every exchange, under each reading.
pub(crate) fn exchanges(
    running: &Running<'_, '_>,
    views: &[RecordColumns<'_>],
    events: &Events,
) -> Vec<Vec<ExchangeAccount>> {
    let mut all = Vec::new();
    let naming = naming(running.checked);
    for (number, exchange) in running.checked.agreement().exchanges.iter().enumerate() {
        let depends = exchange.depends.union(&naming).copied().collect();
        let mut seen = BTreeSet::new();
        let mut accounts: Vec<ExchangeAccount> = Vec::new();
        for reading in &running.checked.readings {
            let Some(mine) = reading.agreement.exchanges.get(number).filter(|e| e.name == exchange.name) else {
                continue;
            };
            let answers = projected(reading, &depends);
            if seen.insert(answers.clone()) {
                accounts
                    .push(ExchangeAccount { told: told(running, (views, events), &reading.agreement, mine), answers });
            }
        }
        // Where readings differ in nothing, there is one account.
        if accounts.iter().all(|a| accounts.first().is_some_and(|first| first.told == a.told)) {
            accounts.truncate(1);
            accounts.iter_mut().for_each(|one| one.answers.clear());
        }
        all.push(accounts);
    }
    all
}

fn told(
    running: &Running<'_, '_>,
    (views, events): (&[RecordColumns<'_>], &Events),
    agreement: &Agreement,
    exchange: &Exchange,
) -> Option<ExchangeTold> {
    let shares = exchange.shares.as_ref().filter(|_| exchange.not_evaluable.is_none())?;
    let start = exchange.from?.as_second();
    let end = running.window().1;
    let mut items: Vec<Item> = Vec::new();
    for (number, (columns, whens)) in views.iter().zip(&running.whens).enumerate() {
        let current = running.knowledge.current(number);
        for (row, (when, counts)) in whens.iter().zip(current).enumerate() {
            if !counts || !columns.kind.get(row).is_some_and(|kind| happened(*kind)) || discounted(columns, row) {
                continue;
            }
            let (from, until) = widened(columns, row, *when);
            if from < start || until > end {
                continue;
            }
            if !counted(columns, row) && told_with_less(views, events, (number, row)) {
                continue;
            }
            items.extend(item(columns, row, (from, until), (agreement, exchange, shares)));
        }
    }
    items.sort_by(|a, b| (a.until, a.from, &a.id).cmp(&(b.until, b.from, &b.id)));
    let book = Book { items: &items, shares, total: exchange.total };
    let deadline = exchange.by.map(|by| by.as_second()).filter(|by| *by <= end);
    let at_deadline = deadline.map(|at| book.account((at, at)));
    let counted = items.iter().filter(|item| item.whole).map(|item| (item.from, item.until)).max();
    let last = book.account(counted.unwrap_or((end, end)));
    let settled = [0, 1].map(|side| match (&at_deadline, exchange.by) {
        (Some(account), _) => account.settled(side),
        (None, Some(_)) => Settled::NotDue,
        (None, None) => Settled::NoDeadline,
    });
    let led = book.led();
    let in_order = exchange.first.map(|first| match led {
        Some(led) if led == first => Truth::True,
        Some(_) => Truth::False,
        None => Truth::Unknown,
    });
    let by: BTreeSet<&str> = items.iter().map(|item| item.id.as_str()).collect();
    let by = by.into_iter().map(str::to_owned).collect();
    Some(ExchangeTold { at_deadline, last, settled, led, in_order, by })
}

/// Whether another record of the same event tells of fewer: of several, the
/// least is what was surely released.
fn told_with_less(views: &[RecordColumns<'_>], events: &Events, at: At) -> bool {
    let told = |(batch, row): At| {
        let columns = views.get(batch)?;
        let stated = columns.quantity_low.is_valid(row);
        Some((if stated { columns.quantity_low.value(row) } else { 1 }, columns.record_id.value(row)))
    };
    events.together(at).is_some_and(|all| all.iter().any(|other| told(*other) < told(at)))
}

/// What one record tells of an exchange.
fn item(
    columns: &RecordColumns<'_>,
    row: usize,
    (from, until): (i64, i64),
    (agreement, exchange, shares): (&Agreement, &Exchange, &[Share; 2]),
) -> Option<Item> {
    let whole = counted(columns, row);
    let act = columns.act.get(row).copied().and_then(Act::from_code);
    if !whole && !matches!(act, Some(Act::Release | Act::HandOver)) {
        return None;
    }
    let record: Record = columns.row(row)?;
    let subjects = record.message.as_ref().map(|m| m.subject.as_slice()).unwrap_or_default();
    if whole && !subjects.iter().any(|subject| stands_under(&exchange.name, subject)) {
        return None;
    }
    let telling = Telling { record: &record, within: (from, until), agreement };
    if telling.only_parties_tell() {
        return None;
    }
    let side = [0, 1].into_iter().find(|side| is_of(telling, whole, shares, *side))?;
    let number = if whole { record.message.and_then(|m| m.count) } else { record.quantity.map(|q| q.number) };
    let (low, high) = match number {
        Some(number) => (u64::from(number.low), Some(u64::from(number.high))),
        // Something was released, or no one would have told of it.
        None if whole => return None,
        None => (1, None),
    };
    Some(Item { side, from, until, low, high: high.filter(|_| whole), whole, id: record.id })
}

/// Whether a record is of what one side releases, for certain.
fn is_of(telling: Telling<'_>, whole: bool, shares: &[Share; 2], side: usize) -> bool {
    let (Some(mine), Some(other)) = (shares.get(side), shares.get(1 - side)) else {
        return false;
    };
    let record = telling.record;
    let stated = telling.of(&mine.what);
    if whole {
        let theirs = telling.side(&record.side_b);
        let of_them = theirs.only(mine.by);
        let told_apart = stated == Some(Truth::True) && telling.of(&other.what) == Some(Truth::False);
        (of_them && matches!(stated, None | Some(Truth::True))) || (theirs.is_nobody() && told_apart)
    } else {
        record.direction == Direction::AOnB && stated == Some(Truth::True) && telling.side(&record.side_a).only(mine.by)
    }
}

/// What is on record of both sides, by its end.
struct Book<'i> {
    items: &'i [Item],
    shares: &'i [Share; 2],
    total: Option<u32>,
}

impl Book<'_> {
    fn of(&self, side: usize) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| item.side == side)
    }

    /// The least that a side had released by an instant: the most that a count
    /// of all, and releases one after the other after it, come to.
    fn least(&self, side: usize, at: i64) -> u64 {
        // By each end, the best until then; ends ascend, and so do the numbers.
        let mut best: Vec<(i64, u64)> = Vec::new();
        let until = |best: &[(i64, u64)], at: i64| {
            let passed = best.partition_point(|(end, _)| *end <= at);
            passed.checked_sub(1).and_then(|last| best.get(last)).map_or(0, |(_, number)| *number)
        };
        for item in self.of(side).take_while(|item| item.until <= at) {
            let before = if item.whole { 0 } else { until(&best, item.from) };
            let reached = before.saturating_add(item.low).max(until(&best, item.until));
            best.push((item.until, reached));
        }
        until(&best, at)
    }

    /// The most that a side had released by an instant: as many as were counted
    /// then or later.
    fn most(&self, side: usize, at: i64) -> Option<u64> {
        self.of(side).filter(|item| item.from >= at).filter_map(|item| item.high).min()
    }

    /// As of an instant, or as counted over a time.
    fn account(&self, (from, until): (i64, i64)) -> Account {
        let released = [0, 1].map(|side| Between { least: self.least(side, until), most: self.most(side, from) });
        let [given, got] = self.shares.each_ref().map(|share| u64::from(share.number));
        let [first, second] = released;
        let for_it = |number: u64, times: u64, each: u64| number.saturating_mul(times) / each.max(1);
        let owing = |of: Between, times: u64, each: u64| Between {
            least: for_it(of.least, times, each),
            most: of.most.map(|most| for_it(most, times, each)),
        };
        let all = self.total.map(|total| Between { least: u64::from(total), most: Some(u64::from(total)) });
        let due = [owing(second, given, got), all.unwrap_or_else(|| owing(first, got, given))];
        let short = |due: Between, had: Between| Between {
            least: had.most.map_or(0, |most| due.least.saturating_sub(most)),
            most: due.most.map(|due| due.saturating_sub(had.least)),
        };
        let [due_first, due_second] = due;
        Account { from, until, released, due, owed: [short(due_first, first), short(due_second, second)] }
    }

    /// Which side had released something before the other had anything.
    fn led(&self) -> Option<usize> {
        let began = |side: usize| self.of(side).filter(|item| item.low > 0).map(|item| item.until).min();
        let not_yet = |side: usize| self.of(side).filter(|item| item.high == Some(0)).map(|item| item.from).max();
        let before = |side: usize| began(side).zip(not_yet(1 - side)).is_some_and(|(began, none)| began <= none);
        match (before(0), before(1)) {
            (true, false) => Some(0),
            (false, true) => Some(1),
            _ => None,
        }
    }
}

impl Account {
    fn settled(&self, side: usize) -> Settled {
        let contradicted = self.released.iter().any(|had| had.most.is_some_and(|most| most < had.least));
        let (Some(owed), Some(due), Some(had)) = (self.owed.get(side), self.due.get(side), self.released.get(side))
        else {
            return Settled::CannotTell;
        };
        if contradicted {
            Settled::CannotTell
        } else if owed.least > 0 {
            Settled::Short
        } else if due.most.is_some_and(|due| had.least >= due) {
            Settled::Done
        } else {
            Settled::CannotTell
        }
    }
}
