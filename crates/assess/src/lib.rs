//! Records × terms → findings → standings → gates: the kernel.
//!
//! [`assess`] is a pure function from a checked agreement and batches of
//! records to an [`Assessment`]. Each record is judged under each provision on
//! seven points ([`Dimension`]), each so, not so, or not to be told
//! ([`Truth`]); the points come to a [`Verdict`]; findings fold into
//! [`Standing`]s, and standings drive the consecutive-day clocks of gates.
//! [`Running`] keeps all that up as records come in, are corrected and taken
//! back; [`explain`] takes one finding apart again, and an [`Examiner`] finds the
//! fewest records on which a standing or a gate rests.
//!
//! Three things it never does. It never says who is guilty: a clash is a
//! recorded breach *by at least one of* its sides. It never turns "cannot
//! tell" into an answer: no recorded breach is *kept* only where full access is
//! on record. And it never depends on the order in which records came.
//!
//! It must not know files, formats, terminals or languages of reports, and it
//! has no clock of its own: the day asked about is an argument.

mod acting;
mod actors;
mod adherence;
mod alike;
mod assessment;
mod bearing;
mod bench;
mod changes;
mod compare;
mod conditions;
mod conduct;
mod counting;
mod cure;
mod deed;
mod determined;
mod events;
mod evidence;
mod exchange;
mod explain;
mod fields;
mod finding;
mod force;
mod gate;
mod grounds;
mod height;
mod hours;
mod joined;
mod judge;
mod knowledge;
mod lapse;
mod leave;
mod ledger;
mod meant;
mod names;
mod opening;
mod people;
mod periods;
mod persistence;
mod phase;
mod place;
mod precedence;
mod question;
mod reason;
mod reported;
mod running;
mod series;
mod showing;
mod sift;
mod sources;
mod standing;
mod steps;
mod stock;
mod sweep;
mod telling;
mod told;
mod truth;
mod variant;
mod votes;
mod wanting;
mod when;

pub use adherence::{Adhered, Adherence, Adherent, Adherents};
pub use assessment::{Assessment, Found, Options, ProvisionStanding, assess, assess_sifted};
pub use bearing::Bearing;
pub use changes::{Became, Changed, Field, Retraction, Totals};
pub use compare::{Comparison, FindingChange, GateChange, Outcome, ReadingChange, StandingChange, compare};
pub use counting::Counting;
pub use cure::{Cure, CureState};
pub use determined::{Before, Determination, Referred};
pub use evidence::{Evidence, EvidenceError, Notice, interval};
pub use exchange::{Account, Between, ExchangeAccount, ExchangeTold, Settled};
pub use explain::{ExplainError, Explanation, Told, explain};
pub use finding::{Dimension, Judgement, Point, Verdict, verdict};
pub use force::Timeline;
pub use gate::{Day, DayState, GateClock, GateState, Run};
pub use grounds::{Examiner, Grounds, TakenBack};
pub use judge::MOST_FINDINGS;
pub use knowledge::{NotTheirs, first_after};
pub use people::{ForAssessment, NAMED};
pub use persistence::Persistence;
pub use phase::{PhaseClock, PhaseState};
pub use place::Placing;
pub use question::{Answer, Question};
pub use reason::Reason;
pub use reported::{Reported, Share, Teller};
pub use running::Running;
pub use series::{Killed, Relation, Series, Span, Toll};
pub use sift::{SetAside, SiftError, Sifted, sift};
pub use sources::Rung;
pub use standing::{Counts, Ground, Held, Row, Standing, plural};
pub use stock::{ItemAccount, Sighted, StockAccount, StockCount, Verified, Whereabouts};
pub use sweep::{Axis, Curve, GateCurve, Grid, Level, Sheet, Sweep, sweep, sweep_days, sweep_grid};
pub use truth::Truth;
pub use variant::{Claim, Variant};
pub use votes::Tally;
pub use wanting::Wanting;
pub use when::instants;
