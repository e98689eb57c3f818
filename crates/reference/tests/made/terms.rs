//! Random agreements, as text.

use jiff::civil::date;
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;

use super::weapons::weapons;
use super::{DAYS, acts, ground, leave, limits};

fn hour() -> impl Strategy<Value = String> {
    (0..DAYS, select(&[0_i64, 0, 0, 1, 2, 3, 5, 9, 19, 23][..])).prop_map(|(day, hour)| {
        let at = date(2020, 3, 24).checked_add(jiff::Span::new().days(day)).unwrap();
        format!("{at} {hour:02}:00")
    })
}

/// A value, or sometimes a bracket with two.
fn open(one: BoxedStrategy<String>) -> BoxedStrategy<String> {
    let two = (one.clone(), one.clone(), select(&["b", "c"][..]));
    prop_oneof![9 => one, 1 => two.prop_map(|(x, y, s)| format!("[{x}: \"a\" | {y}: \"{s}\"]"))].boxed()
}

fn moment() -> BoxedStrategy<String> {
    prop_oneof![
        3 => Just("D".to_owned()),
        1 => (0..6_i64).prop_map(|n| format!("D + {n} days")),
        2 => hour(),
        1 => hour().prop_map(|h| h[..10].to_owned()),
    ]
    .boxed()
}

/// A moment that hangs on what happens.
pub(super) fn event() -> BoxedStrategy<String> {
    const EVENTS: &[&str] = &[
        "completion of 1",
        "completion of 1",
        "completion of 2",
        "completion of 1 and 2",
        "the opening of Next",
        "the start of One",
        "the start of Two",
        "the end of One",
        "Launch",
    ];
    let later = prop_oneof![3 => Just(String::new()), 1 => (1..5_i64).prop_map(|n| format!(" + {n} days")), 1 => Just(" + 30 hours".to_owned()), 1 => Just(" - 1 days".to_owned())];
    (select(EVENTS), later).prop_map(|(event, later)| format!("{event}{later}")).boxed()
}

/// A clause that says on what a provision hangs.
fn hangs() -> BoxedStrategy<String> {
    select(
        &[
            "  only after 1\n",
            "  only after 1 and 2\n",
            "  at the same time as 1\n",
            "  at the same time as 2 within 30 hours\n",
            "  in exchange for 2\n",
            "  as far as 2\n",
            "  as far as 1 and 2\n",
            "  if 1 is kept\n",
            "  if 1 and 2 are kept\n",
            "  during One\n",
            "  during Two\n",
            "  while Talks continue\n",
        ][..],
    )
    .prop_map(str::to_owned)
    .boxed()
}

/// Three phases, none of which waits for itself.
fn phases() -> BoxedStrategy<String> {
    let decided = || {
        weighted(
            0.4,
            select(
                &[
                    "  certified by Mission\n",
                    "  certified by East and West together\n",
                    "  certified by East and West separately\n",
                ][..],
            ),
        )
    };
    let one = prop_oneof![
        10 => Just("  from D\n".to_owned()),
        1 => hour().prop_map(|h| format!("  from {h}\n")),
        1 => Just("  from completion of 1\n".to_owned()),
        1 => Just("  from D\n  opens when 1 is kept for 2 consecutive days\n".to_owned()),
        1 => Just(String::new()),
    ];
    let ends = prop_oneof![
        2 => (1..7_i64).prop_map(|n| format!("  for {n} days\n")),
        1 => hour().prop_map(|h| format!("  until {h}\n")),
        1 => Just("  until completion of 2 + 1 days\n".to_owned()),
        2 => Just(String::new()),
    ];
    let more = prop_oneof![
        6 => Just(""),
        1 => Just("  while Talks continue\n"),
        1 => Just("  suspended by decision of East and West together\n"),
        1 => Just("  lapses if nobody cares\n"),
        1 => Just("  lapses by decision of East and West separately\n"),
    ];
    let lapse = prop_oneof![
        3 => Just(""),
        1 => Just("  lapses unless 1 is completed by D + 2 days\n"),
        1 => Just("  lapses unless 2 is completed by 2020-03-29\n"),
        1 => Just("  lapses unless Two has begun by D + 3 days\n"),
        1 => Just("  lapses unless Talks has begun by 2020-03-30 12:00\n"),
    ];
    let still = prop_oneof![
        3 => Just(""),
        1 => Just("  suspended while 1 is not kept\n"),
        1 => Just("  suspended while 1 and 2 are not kept\n"),
        1 => Just("  suspended while Talks continue\n"),
    ];
    let back =
        weighted(0.6, prop_oneof![2 => Just(""), 1 => Just("  for 2 days\n"), 1 => Just("  until 2020-03-31\n")]);
    let then = prop_oneof![2 => Just("  then Two\n"), 1 => Just("")];
    let two = prop_oneof![3 => Just("  for 4 days\n"), 1 => Just("  from D + 3 days\n"), 1 => Just("  until the end of Talks\n")];
    let talks = prop_oneof![4 => Just(""), 1 => Just("  from D\n")];
    (one, ends.clone(), decided(), more, then, two, decided(), talks, (lapse, still, back))
        .prop_map(|(one, ends, by, more, then, two, by_two, talks, (lapse, still, back))| {
            let (by, by_two) = (by.unwrap_or_default(), by_two.unwrap_or_default());
            // Who suspends is who certifies, or there are two who decide.
            let more = if by.is_empty() || !more.contains("decision") { more } else { "" };
            let (falls, interim) = match back {
                Some(ends) => ("  falls back to Interim\n", format!("phase Interim\n{ends}")),
                None => ("", String::new()),
            };
            format!(
                "phase One\n{one}{ends}{by}{more}{lapse}{still}{falls}{then}\
                 phase Two\n{two}{by_two}phase Talks\n{talks}{interim}"
            )
        })
        .boxed()
}

fn actor() -> impl Strategy<Value = &'static str> {
    select(&["North", "South", "Others", "Third", "North and South", "South and Third"][..])
}

fn ground() -> BoxedStrategy<String> {
    let metres = open(select(&["500 m", "2 km", "6 km"][..]).prop_map(str::to_owned).boxed());
    prop_oneof![
        (metres.clone(), select(&["Road", "Post", "Zone", "Near", "Disc"][..]))
            .prop_map(|(d, p)| format!("at least {d} from {p}")),
        metres.clone().prop_map(|d| format!("at least {d} from Road on its north side")),
        metres.prop_map(|d| format!("at least {d} north of Road")),
        Just("out of Zone".to_owned()),
        select(ground::KEPT).prop_map(str::to_owned),
        select(ground::KEPT).prop_map(str::to_owned),
        Just("out of Near".to_owned()),
        Just("out of Disc".to_owned()),
        Just("in Zone".to_owned()),
    ]
    .boxed()
}

fn forces() -> impl Strategy<Value = &'static str> {
    select(&["tanks", "artillery", "\"D-30\"", "all forces", "personnel", "tanks and artillery"][..])
}

/// Who, what, and whether it is an attack.
fn duty() -> BoxedStrategy<String> {
    let bound = select(&["North", "South", "North and South", "every party"][..]);
    prop_oneof![
        11 => Just("North and South must not attack each other".to_owned()),
        1 => Just("no party may attack civilians".to_owned()),
        1 => Just("North must not attack anyone".to_owned()),
        2 => (bound.clone(), actor()).prop_map(|(who, on)| {
            let who = if who == "every party" { "no party may".to_owned() } else { format!("{who} must not") };
            format!("{who} attack {on}")
        }),
        3 => (bound.clone(), forces(), ground()).prop_map(|(who, what, at)| format!("{who} must keep {what} {at}")),
        2 => (bound, forces(), ground().prop_filter("things are not withdrawn in a place", |g| !g.starts_with("in ")), select(&["by", "before"][..]), moment())
            .prop_map(|(who, what, at, how, when)| format!("{who} must withdraw {what} {at}\n  {how} {when}")),
        5 => acts::forbidden(),
        6 => limits::limited(),
        1 => Just("North must agree on a map".to_owned()),
        4 => deed(),
        2 => leave::allowed(),
        1 => (select(&["North", "North and South"][..]), ground().prop_filter("things are not withdrawn in a place", |g| !g.starts_with("in ")), select(&["by", "before", "within 2 days of"][..]), event())
            .prop_map(|(who, at, how, when)| format!("{who} must withdraw tanks {at}\n  {how} {when}")),
        1 => select(&[
            "North must undertake \"to settle disputes in good faith\"",
            "East must use influence with South and Third",
            "North and South must not attack each other\n  checked by people",
        ][..]).prop_map(str::to_owned),
        1 => Just("text not public \"secret\"".to_owned()),
    ]
    .boxed()
}

/// Something to be done, by a time or all the while.
fn deed() -> BoxedStrategy<String> {
    let what = select(
        &[
            "release all detainees",
            "open the road",
            "begin the withdrawal",
            "allow aid",
            "report the minefields",
            "notify Mission",
            "certify the maps",
        ][..],
    );
    let who = select(&["North", "South", "North and South", "every party"][..]);
    let due = prop_oneof![
        2 => Just(String::new()),
        2 => select(&["1 day", "2 days", "1 week", "36 hours", "1 month"][..]).prop_map(|l| format!("\n  every {l}")),
        2 => (select(&["by", "before"][..]), moment()).prop_map(|(how, when)| format!("\n  {how} {when}")),
        1 => (select(&["by", "within 2 days of"][..]), event()).prop_map(|(how, when)| format!("\n  {how} {when}")),
    ];
    (who, what, due).prop_map(|(who, what, due)| format!("{who} must {what}{due}")).boxed()
}

/// A term that runs on by itself.
fn tacit() -> BoxedStrategy<String> {
    let before = select(&["", " 1 days before", " 30 hours before", " 3 days before"][..]);
    let who = select(&["notice is given", "notice is given", "North gives notice", "East or West give notice"][..]);
    (1..5_i64, before, who)
        .prop_map(|(n, before, who)| format!("  from D\n  for {n} days\n  renewed tacitly unless {who}{before}\n"))
        .boxed()
}

fn force() -> BoxedStrategy<String> {
    let days = open((1..9_i64).prop_map(|n| format!("{n} days")).boxed());
    let renewers = select(&["East and West together", "East and West separately", "East", "North and South"][..]);
    prop_oneof![
        10 => Just("  from D\n".to_owned()),
        1 => Just(String::new()),
        2 => open(moment()).prop_map(|m| format!("  from {m}\n")),
        2 => days.clone().prop_map(|d| format!("  from D\n  for {d}\n")),
        3 => (days, renewers).prop_map(|(d, by)| format!("  from D\n  for {d}\n  renewed by {by}\n")),
        2 => (6..12_i64).prop_map(|n| format!("  from D\n  until D + {n} days\n")),
        2 => tacit(),
        2 => event().prop_map(|e| format!("  from {e}\n")),
        1 => (event(), 1..6_i64).prop_map(|(e, n)| format!("  from {e}\n  for {n} days\n")),
        1 => event().prop_map(|e| format!("  from D\n  until {e}\n")),
    ]
    .boxed()
}

/// A condition that nothing evaluates, and what is asked of those who tell.
const PROOF: &[&str] = &[
    "  with goodwill\n",
    "  with goodwill\n",
    "  proven only by 2 independent sources\n",
    "  proven only by a monitor\n",
    "  proven only by Mission or Abroad\n",
    "  proven only by sightings or inspections\n",
    "  proven only by incidents\n  proven only by 1 source\n",
    "  standard of proof 70 %\n",
];

/// At which hours of the day a term holds: over midnight, over the hours at which
/// clocks change, and of just one.
const HOURS: &[&str] = &[
    "  each day from 06:00 to 18:00\n",
    "  each day from 18:00 to 06:00\n",
    "  each day from 02:30 to 04:00\n",
    "  each day from 00:00 to 00:30\n",
    "  each day from 09:00 to 08:00\n",
];

/// A term with little about it, but perhaps its hours: where much stands in the way of a breach, none is
/// ever met.
fn bare() -> BoxedStrategy<String> {
    (duty(), weighted(0.4, select(HOURS)))
        .prop_map(|(duty, daily)| match duty.starts_with("text") {
            true => format!("{duty}\n"),
            false => format!("{duty}\n  from D\n{}", daily.unwrap_or_default()),
        })
        .boxed()
}

fn provision() -> BoxedStrategy<String> {
    let clause = |text: &'static str| weighted(0.25, Just(text));
    (
        duty(),
        force(),
        clause("  except in self-defence\n"),
        clause("  except against Others\n"),
        clause("  except against Others and Third\n"),
        acts::clauses(),
        weighted(0.12, select(PROOF)),
        weighted(
            0.1,
            select(&["  under Later\n", "  in place of 1\n", "  in place of 2\n", "  in place of Later\n"][..]),
        ),
        weighted(
            0.3,
            select(
                &[
                    "  verified by Mission\n",
                    "  cure within 2 days\n",
                    "  persistent from 2 breaches in any 36 hours\n",
                    "  persistent from 2 breaches in any [3 days: \"a\" | 30 hours: \"b\"]\n",
                    "  persistent from 3 breaches in any 9 days\n",
                    "  cure within [1 days: \"a\" | 30 hours: \"b\"]\n",
                    "  verified by Abroad\n",
                    "  verified by North\n",
                    "  verified by North and South\n",
                    "  certified by Mission\n",
                    "  certified by North and South together\n",
                    "  certified by East and West together\n",
                ][..],
            ),
        ),
        (weighted(0.2, hangs()), weighted(0.12, select(HOURS))),
    )
        .prop_map(|(duty, force, a, b, c, place, condition, instrument, verified, (hangs, daily))| {
            if duty.starts_with("text") {
                return format!("{duty}\n");
            }
            let rest: Vec<&str> = [a, b, c, condition, instrument, verified].into_iter().flatten().collect();
            let more = [hangs.unwrap_or_default(), daily.unwrap_or_default().to_owned()].concat();
            format!("{duty}\n{force}{place}{}{more}", rest.concat())
        })
        .boxed()
}

fn gate() -> BoxedStrategy<String> {
    (
        select(&["1", "1 and 2", "2"][..]),
        1..5_i64,
        weighted(0.6, prop_oneof![4 => moment(), 1 => event()]),
        weighted(0.6, select(&["East and West together", "East and West separately", "Mission"][..])),
        weighted(0.3, select(&["  verified by Mission\n", "  verified by Abroad\n", "  verified by North\n"][..])),
        super::gates::rules(),
    )
        .prop_map(|(of, days, from, by, looked, rules)| {
            let are = if of.contains("and") { "are" } else { "is" };
            let from = from.map(|m| format!("  counting from {m}\n")).unwrap_or_default() + looked.unwrap_or_default();
            let by = by.map(|b| format!("  certified by {b}\n")).unwrap_or_default();
            format!("gate Next\n  opens when {of} {are} kept for {days} consecutive days\n{from}{by}{rules}")
        })
        .boxed()
}

/// A later document, and what it takes away.
fn instrument() -> BoxedStrategy<String> {
    let relation = select(
        &[
            "",
            "",
            "supersedes 1",
            "supersedes 2 and 3",
            "suspends 1 and Later",
            "suspends 2",
            "prevails over 1 and 2",
            "prevails over 2 and 3",
        ][..],
    );
    (hour(), weighted(0.5, moment()), relation)
        .prop_map(|(signed, from, relation)| {
            let from = from.map(|m| format!("  in force from {m}\n")).unwrap_or_default();
            let relation = if relation.is_empty() { String::new() } else { format!("  {relation}\n") };
            format!("instrument Later \"L\"\n  signed {signed}\n{from}{relation}")
        })
        .boxed()
}

/// A joint body, and those to whom it hands on.
fn bodies() -> BoxedStrategy<String> {
    let members = select(&["North and South", "North and South", "North, South and East", ""][..]);
    let rule = select(&["consensus", "consensus", "majority", "the chair", ""][..]);
    let quorum = select(&["", "", "1", "2", "5"][..]);
    let determines = select(&["1", "1 and 2", "2", ""][..]);
    let refers = select(
        &[
            "Board within 2 days",
            "Board within 6 days",
            "Board within 30 hours",
            "Board and Council",
            "East within 1 days",
            "",
        ][..],
    );
    let back = select(&["", "Council within 1 days", "Joint within 1 days"][..]);
    (members, rule, quorum, determines, refers, back)
        .prop_map(|(members, rule, quorum, determines, refers, back)| {
            let line =
                |words: &str, what: &str| if what.is_empty() { String::new() } else { format!("  {words} {what}\n") };
            format!(
                "body Joint\n{}{}{}{}{}body Board\n  made of East and West\n  decides by majority\n{}body Council\n",
                line("made of", members),
                line("decides by", rule),
                line("quorum", quorum),
                line("determines", determines),
                line("refers to", refers),
                line("refers to", back),
            )
        })
        .boxed()
}

pub(crate) fn terms() -> BoxedStrategy<String> {
    (
        select(&["Europe/Kyiv", "Asia/Damascus", "UTC", "America/St_Johns"][..]),
        select(&["00:00", "06:00", "03:30"][..]),
        select(&["2020-03-26 00:00", "2020-03-26 19:00", "2020-03-29 03:30"][..]),
        weighted(0.5, select(&["80", "96", "99"][..])),
        select(&["0 m", "300 m", "2 km"][..]),
        (weighted(0.3, hour()), weighted(0.3, hour()), open(Just("\"rebels\"".to_owned()).boxed())),
        vec(prop_oneof![3 => provision(), 1 => bare()], 2..4),
        (instrument(), gate()),
        (phases(), weapons(), ground::places(), bodies(), weighted(0.5, super::exchange::exchange()), (super::stock::inventory(), super::stock::line(), super::adherence::clauses())),
    )
        .prop_map(|(zone, day, d, proof, good_to, (accepted, withdrew, rebels), provisions, (later, gate), (phases, guns, grounds, bodies, exchange, (stock, line, [own, joining, list])))| {
            let proof = proof.map(|p| format!("  standard of proof {p} %\n")).unwrap_or_default();
            let accepted = accepted.map(|h| format!("  accepted on {h}\n")).unwrap_or_default();
            let withdrew = withdrew.map(|h| format!("  withdrew on {h}\n")).unwrap_or_default();
            let rebels = rebels.replacen("| \"rebels\"", "| part of \"rebels\"", 1);
            // What others name must be there.
            let third = if provisions.len() < 3 { "clause 3 \"x\"\ntext not public\n" } else { "" };
            let provisions: String =
                (1..).zip(&provisions).map(|(n, p)| {
                    // An instrument's own clause 2 is `Later.2`.
                    let own = if p.contains("under Later") { "text not public\n" } else { "" };
                    format!("clause {n} \"x\"\n{p}{own}")
                }).collect();
            format!(
                "agreement \"A\"\n  signed 2020-03-25\n  times in {zone}\n  days start at {day}\n{proof}moment D is {d}\nmoment Launch is completion of 2 + 1 days\n{later}\
                 party North\n  known as \"the north\"\n  known as {rebels}\n  speaks through \"North Radio\"\n{accepted}{own}\
                 party South\n  known as \"the south\"\n  may include \"the south-west\"\n  speaks through \"South TV\" from 2020-03-30\n{withdrew}\
                 party Third\n  known as \"third\" from 2020-03-28 until 2020-04-02\n  includes \"ополченці\"\n{joining}\
                 excluded Others\n  known as \"the others\"\n{list}guarantor East\n  known as \"the east\"\n  speaks through \"Eastern Agency\"\nguarantor West\n\
                 outsider Abroad\nmonitor Mission\n{bodies}\
                 line Road\n  from \"p.geojson#road\"\n  good to {good_to}\n\
                 point Post\n  from \"p.geojson#post\"\n  good to {good_to}\n\
                 area Zone\n  from \"p.geojson#zone\"\n  good to {good_to}\n\
                 {guns}\
                 {stock}\
                 area Near\n  within 1 km of Road\narea Disc\n  within 1 km of Post\n{grounds}{phases}{provisions}{third}{line}{gate}{}",
                exchange.unwrap_or_default()
            )
        })
        .boxed()
}
