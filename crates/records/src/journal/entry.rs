//! One line of a journal to one record.

use armistice_geodesy::{Metres, Position, Radius95};

use super::json::{Line, Object, Value};
use super::time::{happened, instant};
use crate::flat::check_estimate;
use crate::model::{
    Act, AreaLevel, Clarity, Credibility, Direction, Effect, Estimate, Kind, Message, Origin, Place, Quantity, Record,
    Reliability, TimePrecision, Votes,
};
use crate::reading::RowError;

/// Every key a line may have.
pub(super) const KEYS: [&str; 34] = [
    "id",
    "kind",
    "happened",
    "precision",
    "known",
    "place",
    "place_name",
    "admin1",
    "country",
    "by",
    "against",
    "direction",
    "act",
    "weapons",
    "deaths",
    "civilian_deaths",
    "quantity",
    "of",
    "height_m",
    "clarity",
    "sources",
    "reliability",
    "credibility",
    "group",
    "event",
    "effect",
    "subject",
    "until",
    "count",
    "in_favour",
    "opposed",
    "absent",
    "source",
    "note",
];

/// Reads the line; the caller fills in where it came from.
pub(super) fn read(line: Line<'_>, origin: Origin) -> Result<(Record, EntryPlaces), RowError> {
    let o = line.object(&KEYS)?;
    let id = o.need("id", "give the record a name of its own, like \"decision-1\"")?;
    let kind = o.need(
        "kind",
        "say what it is: incident, sighting, inspection, notification, access, decision, claim or retraction",
    )?;
    let places = EntryPlaces { id: id.error("", "") };
    let kind = kind.word(Kind::ALL, Kind::word)?;
    let (happened, precision) = happened(o.need("happened", "say when, like \"2016-09-14\"")?)?;
    let source = o.need("source", "say who says so, like \"Reuters, 14 Sep 2016\"")?.string()?;
    let side_a = names(&o, "by")?;
    let message = message(&o, kind)?;
    check_kind(&o, kind)?;
    let record = Record {
        id: id.string()?,
        kind,
        happened,
        time_precision: word(&o, "precision", TimePrecision::ALL, TimePrecision::word)?.unwrap_or(precision),
        known: o.get("known").map(instant).transpose()?,
        place: o.get("place").map_or(Ok(Place::Unknown), place)?,
        place_name: string(&o, "place_name")?,
        admin1: string(&o, "admin1")?,
        country: string(&o, "country")?,
        direction: match word(&o, "direction", Direction::ALL, Direction::word)? {
            Some(stated) => stated,
            // "by" says who acted; without it nobody does.
            None if side_a.is_empty() => Direction::Undirected,
            None => Direction::AOnB,
        },
        side_a,
        side_b: names(&o, "against")?,
        act: match word(&o, "act", Act::ALL, Act::word)? {
            Some(act) => act,
            None if kind == Kind::Sighting => Act::Presence,
            None => Act::Other,
        },
        weapons: names(&o, "weapons")?,
        deaths: o.get("deaths").map(estimate).transpose()?,
        civilian_deaths: o.get("civilian_deaths").map(Value::count).transpose()?,
        quantity: quantity(&o)?,
        height: o.get("height_m").map(height).transpose()?,
        clarity: word(&o, "clarity", Clarity::ALL, Clarity::word)?.unwrap_or(Clarity::Unstated),
        sources: o.get("sources").map(Value::count).transpose()?,
        reliability: word(&o, "reliability", Reliability::ALL, Reliability::word)?,
        credibility: word(&o, "credibility", Credibility::ALL, Credibility::word)?,
        // Said to be of none, it is of whoever keeps the records.
        independence_groups: match o.get("group") {
            None => vec![source],
            Some(_) => names(&o, "group")?,
        },
        event: string(&o, "event")?,
        message,
        note: string(&o, "note")?,
        origin,
    };
    Ok((record, places))
}

/// What is needed to blame a line after it was read.
pub(super) struct EntryPlaces {
    /// An error that points at the id, to be filled in.
    id: RowError,
}

impl EntryPlaces {
    /// An error that points at the line's id.
    pub(super) fn id_error(self, reason: String, mend: &str) -> RowError {
        RowError { reason, mend: mend.to_owned(), ..self.id }
    }
}

/// What each kind cannot do without.
fn check_kind(o: &Object<'_>, kind: Kind) -> Result<(), RowError> {
    let claimed = o.get("effect").is_some_and(|v| v.word(Effect::ALL, Effect::word) == Ok(Effect::ExceptionClaimed));
    let counted = o.get("effect").is_some_and(|v| v.word(Effect::ALL, Effect::word) == Ok(Effect::Counted));
    let denied = o.get("effect").is_some_and(|v| v.word(Effect::ALL, Effect::word) == Ok(Effect::Denied));
    let need: &[(&str, &str)] = match kind {
        Kind::Claim if claimed => &[("by", "say which party claims the exception")],
        Kind::Claim if denied => &[("by", "say who denies it")],
        Kind::Incident => &[("act", "say what was done, like \"act\": \"attack\"")],
        Kind::Sighting => {
            &[("place", "a sighting is of some place: \"place\": {\"at\": [36.2, 37.1], \"within_m\": 500}")]
        }
        Kind::Inspection if counted => &[("count", "say how many were counted")],
        Kind::Inspection => &[("place", "say which site: \"place\": {\"area\": \"Depot 3\"}")],
        Kind::Notification => &[("by", "say who notified")],
        Kind::Access => &[("effect", "say whether it was \"access full\", \"access limited\" or \"access denied\"")],
        Kind::Decision => {
            &[("effect", "say what was decided, like \"effect\": \"renewed\""), ("by", "say who decided")]
        }
        Kind::Retraction => &[
            ("subject", "name the records that are taken back"),
            ("known", "say when it became known that they are: \"known\": \"2022-06-15T00:00Z\""),
        ],
        Kind::Claim => &[("count", "give the total: \"count\": 23, or {\"low\": 20, \"best\": 23, \"high\": 25}")],
    };
    need.iter().try_for_each(|(key, mend)| o.need(key, mend).map(|_| ()))
}

fn message(o: &Object<'_>, kind: Kind) -> Result<Option<Message>, RowError> {
    let stated = word(o, "effect", Effect::ALL, Effect::word)?;
    let effect = stated.or(match kind {
        Kind::Notification => Some(Effect::Notified),
        Kind::Claim => Some(Effect::ViolationsCounted),
        Kind::Retraction => Some(Effect::Withdrawn),
        _ => None,
    });
    let is_access = matches!(effect, Some(Effect::AccessFull | Effect::AccessLimited | Effect::AccessDenied));
    if let Some(value) = o.get("effect")
        && (matches!(kind, Kind::Incident | Kind::Sighting)
            || (kind == Kind::Access) != is_access
            || (kind == Kind::Retraction) != (effect == Some(Effect::Withdrawn)))
    {
        let reason = format!("is not what a record of kind \"{kind}\" can do");
        return Err(value.error(reason, "change the kind or the effect"));
    }
    let Some(effect) = effect else {
        return match ["subject", "until", "count", "in_favour", "opposed", "absent"]
            .into_iter()
            .find_map(|key| o.get(key))
        {
            Some(value) => Err(value.error("stands without an effect", "add \"effect\"")),
            None => Ok(None),
        };
    };
    if effect == Effect::ExceptionClaimed {
        o.need("subject", "name the records that the exception is claimed for")?;
    }
    if effect == Effect::Counted {
        o.need("subject", "name the clauses that the count is about")?;
        if let Some(value) = o.get("effect").filter(|_| kind != Kind::Inspection) {
            return Err(value.error("is what an inspection does", "write \"kind\": \"inspection\""));
        }
    }
    if effect == Effect::Denied {
        o.need("subject", "name the records whose account is denied")?;
    }
    if let Some(value) = ["in_favour", "opposed", "absent"].into_iter().find_map(|key| o.get(key))
        && kind != Kind::Decision
    {
        return Err(value.error("tells how a decision was taken", "write \"kind\": \"decision\""));
    }
    Ok(Some(Message {
        effect,
        subject: names(o, "subject")?,
        until: o.get("until").map(instant).transpose()?,
        count: o.get("count").map(estimate).transpose()?,
        votes: Votes { in_favour: names(o, "in_favour")?, opposed: names(o, "opposed")?, absent: names(o, "absent")? },
    }))
}

fn place(value: &Value<'_>) -> Result<Place, RowError> {
    let o = value.object(&["at", "within_m", "observer", "bearing", "range_m", "area", "level", "label"])?;
    if let Some(at) = o.get("at") {
        alone(&o, &["observer", "bearing", "range_m", "area", "level", "label"])?;
        let within = o.need(
            "within_m",
            "say how sure the point is: a radius in metres that holds the true place 95 times in 100",
        )?;
        let radius = Radius95::new(Metres::new(within.number()?))
            .map_err(|_| within.error("is not a radius", "give metres, 0 or more"))?;
        return Ok(Place::Point { at: position(at)?, radius });
    }
    if let Some(observer) = o.get("observer") {
        alone(&o, &["within_m", "area", "level", "label"])?;
        let bearing_value = o.need("bearing", "give the direction as [from, to] in degrees")?;
        let bearing = bearing_value.pair("give degrees clockwise from north: [40, 60]")?;
        if ![bearing.0, bearing.1].iter().all(|b| (0.0..=360.0).contains(b)) {
            return Err(bearing_value.error("is not a direction", "degrees run from 0 to 360, clockwise from north"));
        }
        let range_value = o.need("range_m", "give the distance as [nearest, farthest] in metres")?;
        let (near, far) = range_value.pair("give metres: [2000, 5000]")?;
        if !(near >= 0.0 && far >= near) {
            return Err(range_value.error("is not a range", "give the nearest distance first"));
        }
        let range = (Metres::new(near), Metres::new(far));
        return Ok(Place::Sector { observer: position(observer)?, bearing, range });
    }
    let area =
        o.need("area", "a place is {\"at\", \"within_m\"}, {\"observer\", \"bearing\", \"range_m\"} or {\"area\"}")?;
    alone(&o, &["within_m", "bearing", "range_m"])?;
    Ok(Place::Area {
        name: area.string()?,
        label: o.get("label").map(position).transpose()?,
        level: word(&o, "level", AreaLevel::ALL, AreaLevel::word)?.unwrap_or(AreaLevel::Fuzzy),
    })
}

/// Refuses keys of another form of place.
fn alone(o: &Object<'_>, others: &[&str]) -> Result<(), RowError> {
    match others.iter().find_map(|key| o.get(key)) {
        Some(value) => Err(value.error(
            "belongs to another form of place",
            "a place is {\"at\", \"within_m\"}, {\"observer\", \"bearing\", \"range_m\"} or {\"area\"}",
        )),
        None => Ok(()),
    }
}

fn position(value: &Value<'_>) -> Result<Position, RowError> {
    let (latitude, longitude) = value.pair("give [latitude, longitude]: [36.2021, 37.1343]")?;
    Position::new(latitude, longitude)
        .map_err(|_| value.error("is not on Earth", "latitude comes first, -90 to 90; then longitude, -180 to 180"))
}

/// How many, of what. A count of all there was of something says how many once.
fn quantity(o: &Object<'_>) -> Result<Option<Quantity>, RowError> {
    let of = o.get("of");
    let counted = o.get("effect").is_some_and(|v| v.word(Effect::ALL, Effect::word) == Ok(Effect::Counted));
    match (o.get("quantity"), of) {
        (Some(number), _) => Ok(Some(Quantity { number: estimate(number)?, of: of.map(Value::string).transpose()? })),
        (None, Some(of)) if counted && o.get("count").is_some() => {
            let number = o.get("count").map(estimate).transpose()?;
            let of = Some(of.string()?);
            Ok(number.map(|number| Quantity { number, of }))
        }
        (None, Some(of)) => Err(of.error("says of what, and not how many", "add \"quantity\"")),
        (None, None) => Ok(None),
    }
}

/// Metres above the ground, the least first.
fn height(value: &Value<'_>) -> Result<(Metres, Metres), RowError> {
    let (from, to) = value.pair("give metres above the ground, the least first: [100, 300]")?;
    if from > to {
        return Err(value.error("is not a range of heights", "give the least height first: [100, 300]"));
    }
    Ok((Metres::new(from), Metres::new(to)))
}

/// `23` or `{"low": 20, "best": 23, "high": 25}`.
fn estimate(value: &Value<'_>) -> Result<Estimate, RowError> {
    if !value.is_object() {
        let n = value.count()?;
        return Ok(Estimate { low: n, best: n, high: n });
    }
    let o = value.object(&["low", "best", "high"])?;
    let figure = |key| o.need(key, "give all of low, best and high")?.count();
    let estimate = Estimate { low: figure("low")?, best: figure("best")?, high: figure("high")? };
    check_estimate("count", Some(estimate))
        .map_err(|_| value.error("is out of order", "low cannot exceed best, nor best high"))?;
    Ok(estimate)
}

fn names(o: &Object<'_>, key: &str) -> Result<Vec<String>, RowError> {
    o.get(key).map_or(Ok(Vec::new()), Value::strings)
}

fn string(o: &Object<'_>, key: &str) -> Result<Option<String>, RowError> {
    o.get(key).map(Value::string).transpose()
}

fn word<T: Copy>(
    o: &Object<'_>,
    key: &str,
    all: &[T],
    word: impl Fn(T) -> &'static str,
) -> Result<Option<T>, RowError> {
    o.get(key).map(|value| value.word(all, word)).transpose()
}
