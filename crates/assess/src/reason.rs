//! Why a dimension was judged as it was: a closed list, so that every answer
//! can be counted, compared and translated.

macro_rules! reasons {
    ($($(#[$meta:meta])* $name:ident = $slug:literal, $text:literal;)+) => {
        /// Why a dimension was judged as it was.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Reason { $($(#[$meta])* $name,)+ }

        impl Reason {
            /// Every reason, in code order.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// A short stable name for machines.
            #[must_use]
            pub const fn slug(self) -> &'static str {
                match self { $(Self::$name => $slug,)+ }
            }

            /// A phrase for people.
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }
        }
    };
}

reasons! {
    // Time.
    /// The whole interval lies while the provision binds.
    InForce = "in-force", "it happened while the provision was in force";
    /// The whole interval lies before it binds.
    BeforeForce = "before-force", "it happened before the provision was in force";
    /// The whole interval lies after it ceased.
    AfterForce = "after-force", "it happened after the provision had ended";
    /// The whole interval lies before the deadline.
    NotYetDue = "not-yet-due", "it happened before the deadline";
    /// Nearly all of the interval lies while it binds.
    MostlyInForce = "mostly-in-force", "the provision was in force for so much of its reported time as the standard of proof asks";
    /// Nearly all of the interval lies outside.
    MostlyNotInForce = "mostly-not-in-force", "the provision was not in force for so much of its reported time as the standard of proof asks";
    /// Part of the interval lies outside.
    StraddlesForce = "straddles-force", "its reported time runs over the edge of the provision's being in force";
    /// It lies in the hours at which the provision holds.
    InHours = "in-hours", "it happened at the hours at which the provision holds";
    /// It lies outside them.
    OutOfHours = "out-of-hours", "it happened at other hours than those at which the provision holds";
    /// It may lie in them.
    HoursUnclear = "hours-unclear", "it may have happened at the hours at which the provision holds, or at others";
    /// It may lie outside the period asked about.
    StraddlesPeriod = "straddles-period", "its reported time runs over the edge of the period";
    /// No decision on renewal is on record for that time.
    RenewalUnknown = "renewal-unknown", "whether the provision had been renewed is not on record";
    /// Its end hangs on something that cannot be placed in time.
    EndUnknown = "end-unknown", "the provision's end cannot be placed in time";
    /// Those who may decide had suspended it.
    Suspended = "suspended", "it happened while the provision was suspended";
    /// Another instrument or provision has taken its place.
    Displaced = "displaced", "it happened when another instrument or provision had taken the provision's place";
    /// A text that prevails speaks of the same then.
    GivesWay = "gives-way", "it happened while a text that prevails over the provision spoke of the same";
    /// A text that prevails may speak of the same.
    PrecedenceUnclear = "precedence-unclear", "whether the provision gives way to a text that prevails over it cannot be told";
    /// All bound, or all guarantors, ended or suspended it; the text is silent.
    Unforeseen = "unforeseen", "it was ended or suspended by a decision for which the text does not provide";
    /// A decision that changed it was made then, at no recorded hour.
    DecisionHour = "decision-hour", "a decision changed the provision that day, at an hour that is not on record";
    /// A written condition is evaluated by nothing yet.
    ConditionOpen = "condition-open", "the provision hangs on a condition that is not evaluated yet";

    /// A clause that it waits for may or may not be done.
    AwaitsCompletion = "awaits-completion", "whether a clause that it waits for was done by then is not on record";
    /// A clause that it waits for was found not done.
    NotCompleted = "not-completed", "a clause that it waits for was found not done";
    /// A gate that it waits for may or may not be open.
    AwaitsOpening = "awaits-opening", "whether a gate that it waits for had opened by then is not on record";
    /// Whether its phase was running is not on record.
    AwaitsPhase = "awaits-phase", "whether the phase that it belongs to was running is not on record";
    /// Its phase was not running.
    OutsidePhase = "outside-phase", "the phase that it belongs to was not running";
    /// What ends it may or may not have happened.
    EndNotOnRecord = "end-not-on-record", "whether that had happened which ends it is not on record";
    /// What ends it is found done.
    EndReached = "end-reached", "that was found done which ends it";
    /// Notice to end it may have been in time for an earlier end.
    NoticeUncertain = "notice-uncertain", "whether notice to end it was given in time for an earlier end is not on record";
    /// The act that it goes with is not on record.
    AwaitsOtherAct = "awaits-other-act", "whether the clause that it goes together with was begun or done by then is not on record";
    /// Nobody says whether the two sides go the same distance.
    EqualDistance = "equal-distance", "it is to be as far as another clause goes, and the text gives that another distance, or it is not found done";
    /// Whether the others kept their part is not on record.
    AwaitsReciprocity = "awaits-reciprocity", "whether the clause in return for which it is kept was kept then is not on record";
    /// The others were found not to have kept their part.
    NotReciprocated = "not-reciprocated", "the clause in return for which it is kept was found not kept";

    // Place.
    /// The provision holds anywhere.
    Anywhere = "anywhere", "the provision holds anywhere";
    /// Inside with the required probability.
    InsideZone = "inside-zone", "it lies in the zone with the required probability";
    /// Outside with the required probability.
    OutsideZone = "outside-zone", "it lies outside the zone with the required probability";
    /// Neither.
    NearEdge = "near-edge", "it lies too near the zone's edge to tell";
    /// Too vague ever to be told inside so small a zone, and not clear of it.
    TooVague = "too-vague", "the source places it too vaguely for so narrow a zone";
    /// Monitors went only in part, for which there may be a good reason.
    AccessLimited = "access-limited", "access was limited, and whether for a good reason is not on record";
    /// How far the weapon can reach is not said of it.
    RangeNotKnown = "range-not-known", "how far the weapon can reach is not known, and the distance hangs on it";
    /// Within what reaches deeper at points that the text counts only.
    DeeperSomewhere = "deeper-somewhere", "the zone reaches so far at points that the text counts and does not name";
    /// Near ground that is joined of parts, from which no distance is worked out.
    NearJoined = "near-joined", "how far it is from ground that is joined of parts is not worked out, and it may be too near";
    /// Seen somewhere in a sector that is not clear of the zone.
    InSector = "in-sector", "it was seen within a sector that may lie in the zone in part";
    /// Placed only within a unit or country.
    PlaceTooCoarse = "place-too-coarse", "the source places it only within a larger area";
    /// No place at all.
    PlaceNotStated = "place-not-stated", "the source does not say where";

    /// At no height that the provision speaks of.
    OtherHeight = "other-height", "it was not at the height that the provision speaks of";
    /// Its heights lie partly in those meant.
    HeightStraddles = "height-straddles", "how high it was is not known closely enough";
    /// No height at all.
    HeightNotStated = "height-not-stated", "the source does not say how high it was";

    // Actor.
    /// A bound actor acted on a protected one.
    NamedActor = "named-actor", "the record names a party bound by the provision as acting";
    /// A bound party is named, whatever it did.
    NamedThere = "named-there", "the record names a party bound by the provision";
    /// What was found not done is the duty of all those bound.
    ThoseBound = "those-bound", "those bound by the provision have not done it; the record names none of them";
    /// A clash: at least one of several bound actors acted.
    OneOfSeveral = "one-of-several", "the record names both sides of a clash and not who acted: at least one of them did";
    /// A clash of which one side is not bound.
    MayHaveActed = "may-have-acted", "the record does not say which side acted, and only one of them is bound";
    /// The name covers others too.
    NameCoversOthers = "name-covers-others", "the record's name for a side may cover others than the party";
    /// Nobody says whether they had accepted, or were on the list.
    AcceptanceUnclear = "acceptance-unclear", "whether those named had accepted to be bound, or were on the list, by then is not on record";
    /// Nobody is written down, or a name the agreement does not know.
    NobodyKnown = "nobody-known", "a side is not named in the record, or by a name that the agreement does not know";
    /// Others did what a party was to prevent.
    CouldPrevent = "could-prevent", "others did it, and whether the party could have prevented it is for people to judge";
    /// The act is forbidden on civilians, and the side acted upon is not said to be any.
    CiviliansNotNamed = "civilians-not-named", "the record does not say whether those acted upon were civilians";
    /// Parties and others on one side; any of them may have acted or been hit.
    SideMixed = "side-mixed", "others stand with the party on one side, and the record does not say which of them";
    /// An excluded group is on one side.
    ExcludedGroup = "excluded-group", "a group that the agreement excludes is on one side";
    /// Somebody the agreement does not name is on one side.
    NotNamed = "not-named", "an actor that the agreement does not name is on one side";
    /// The sides are not ones between whom the provision holds.
    OtherSides = "other-sides", "the provision does not hold between these sides";
    /// Directed at civilians.
    AgainstCivilians = "against-civilians", "it was directed at civilians, whom this provision does not name";

    // Act.
    /// The act is the one forbidden.
    ActForbidden = "act-forbidden", "the act is the one that the provision forbids";
    /// Of several acts it may be, one is forbidden.
    MayBeSuch = "may-be-such", "the act that is recorded may be the one that the provision forbids, or another";
    /// More than the most.
    TooMany = "too-many", "more were counted than the provision allows";
    /// Fewer than the least.
    TooFew = "too-few", "fewer were counted than the provision demands";
    /// No more than the most, or no fewer than the least.
    WithinLimit = "within-limit", "no more were counted than the provision allows, and no fewer than it demands";
    /// The number may be over the limit or not.
    CountUnclear = "count-unclear", "the number counted may be within the limit or not";
    /// No number at all.
    CountNotStated = "count-not-stated", "the record does not say how many";
    /// Not all that there was.
    PartCounted = "part-counted", "it tells of some, and what is missing does not follow from that";
    /// An inspection says that it was done.
    FoundDone = "found-done", "an inspection found the duty done";
    /// An inspection says that it was not, without what was seen.
    FoundNotDone = "found-not-done", "an inspection found the duty not done";
    /// What is due in a period was found not done while the period ran.
    PeriodRuns = "period-runs", "the duty was found not done while there was still time for it in that period";
    /// It was found not done over an end of a period.
    PeriodUnclear = "period-unclear", "the duty was found not done over the turn of a period, and it is not said in which";
    /// Another act.
    OtherAct = "other-act", "the act is not the one that the provision forbids";
    /// Its number is nought.
    NothingThere = "nothing-there", "the record's number is nought: there was none of it";
    /// Its number may be nought.
    PerhapsNothing = "perhaps-nothing", "the record's number may be nought: whether there was any of it is not certain";
    /// Fighting tells nothing of what stood there.
    ActTellsNoPosition = "act-tells-no-position", "the record tells of fighting or movement, not of what stood where";
    /// Civilians are among those named on a side; whether it was on them is not said.
    CiviliansHit = "civilians-hit", "civilians are named on a side, and the record does not say that it was on them alone";
    /// Civilians died; whether they were attacked is not said.
    CiviliansDied = "civilians-died", "civilians died; the record does not say that they were attacked";

    // Weapon.
    /// Any weapon counts.
    AnyWeapon = "any-weapon", "the provision holds for any weapon";
    /// A listed weapon was recorded.
    WeaponListed = "weapon-listed", "a weapon of the class was recorded";
    /// Other weapons were recorded.
    WeaponOther = "weapon-other", "the weapons recorded are not of the class";
    /// No weapon was recorded.
    WeaponNotRecorded = "weapon-not-recorded", "the record names no weapon";
    /// The weapon recorded may or may not be of the class.
    WeaponUnclear = "weapon-unclear", "whether the weapon recorded is of the class cannot be told";

    // Source.
    /// One independent origin.
    Reported = "reported", "one origin that is no party's reports it";
    /// Two independent origins or more.
    Corroborated = "corroborated", "two origins or more that are no party's report it";
    /// Own observation.
    Observed = "observed", "a monitor reports it";
    /// Against the interest of who says it.
    Admitted = "admitted", "the party that it concerns says so itself";
    /// Its own origins are all a party's.
    PartysWord = "partys-word", "only a party, or one who speaks for it, says so, and not of itself";
    /// An independent denial is on record.
    Contested = "contested", "somebody who is no party denies it";
    /// Believed, and not proven as the provision asks.
    NotProven = "not-proven", "it is not told by so many sources, by those or in the ways by which alone the provision says that it is proven";
    /// Graded as not to be believed.
    Discounted = "discounted", "it is graded very unlikely, or its source inaccurate and it no better than possible";

    /// What is counted is what the limit speaks of.
    CountedListed = "counted-listed", "what was counted is what the provision speaks of";
    /// What is counted is something else.
    CountedOther = "counted-other", "what was counted is not what the provision speaks of";
    /// It may be.
    CountedUnclear = "counted-unclear", "what was counted may be what the provision speaks of, or only in part";
    /// The record does not say of what.
    CountedNotStated = "counted-not-stated", "the record does not say what was counted";
    /// A count about the clause itself.
    AboutClause = "about-clause", "it is a count about this very clause";

    // Exception.
    /// The text has none.
    NoException = "no-exception", "the provision has no exception";
    /// An exception is open to the parties; none was claimed.
    ExceptionNotClaimed = "exception-not-claimed", "exception not open: the parties could claim one, and no claim is on record";
    /// An exception is open, and does not fit.
    ExceptionDoesNotFit = "exception-does-not-fit", "exception not open: none fits these sides";
    /// An exception was claimed and not shown.
    ExceptionClaimed = "exception-claimed", "exception claimed, not shown";
    /// Whether it was against an excepted group cannot be told.
    ExceptionUnclear = "exception-unclear", "whether it was directed at a group that the exception names cannot be told";
    /// It was against an excepted group.
    Excepted = "excepted", "kept under exception: it was directed at a group that the exception names";

    /// Each step that the text asks for came first.
    StepsTaken = "steps-taken", "kept under exception: each step that must come first is on record, in order and before it";
    /// They may have come first.
    StepsUnclear = "steps-unclear", "exception claimed, not shown: the steps that must come first are on record, and whether each was taken, in order and before it, cannot be told";
    /// One of them is not on record.
    StepMissing = "step-missing", "exception not open: a step that must come first is not on record before it, in the order of the text";

    /// Not judged, because an earlier dimension settled the matter.
    NotReached = "not-reached", "not judged: an earlier point settled it";
}

impl Reason {
    /// What would settle a point that cannot be told for this reason: a thing
    /// to be found out, as a noun or a question.
    #[must_use]
    pub const fn settled_by(self) -> Option<&'static str> {
        Some(match self {
            Self::HoursUnclear => "at what hour it happened",
            Self::StraddlesForce => "at what hour, or on what day, it happened",
            Self::StraddlesPeriod => "whether it happened within the period",
            Self::RenewalUnknown => "a decision on record of those who may renew it, or end it",
            Self::EndUnknown => "when the provision ended",
            Self::Unforeseen => "a determination whether it still bound after that decision",
            Self::DecisionHour => "at what hour the decision was made",
            Self::PrecedenceUnclear => "a determination which of the two texts counts",
            Self::ConditionOpen => "whether its condition was met, which nothing evaluates yet",
            Self::AwaitsCompletion | Self::EndNotOnRecord => {
                "a finding of those who verify that the other clause was done, and when"
            }
            Self::NoticeUncertain => "at what hour notice to end it was given",
            Self::AwaitsOpening => "the certificate that opens the gate",
            Self::AwaitsPhase => "a decision or notice on record that the phase began, and none that it ended",
            Self::EqualDistance => "that the clause which it is to match is found done",
            Self::AwaitsOtherAct => {
                "a finding of those who verify that the clause that it goes together with was begun or done"
            }
            Self::AwaitsReciprocity => "findings of those who verify that the other clause was kept",
            Self::NearEdge | Self::TooVague => "a place known more closely",
            Self::AccessLimited => "why access was limited",
            Self::RangeNotKnown => "which system it was, and its range in the agreement",
            Self::DeeperSomewhere => "where the points are at which the zone reaches deeper",
            Self::NearJoined => "the distance from that ground, measured on a map",
            Self::InSector => "a second bearing, or a distance known more closely",
            Self::PlaceTooCoarse => "a place within the unit named, or the unit's boundary",
            Self::HeightStraddles | Self::HeightNotStated => "how high it was",
            Self::CountUnclear => "a closer count, or one for each stretch of time",
            Self::CountNotStated => "how many there were",
            Self::CountedUnclear | Self::CountedNotStated => "what it was that was counted",
            Self::MayBeSuch => "what was done",
            Self::CouldPrevent => "a determination whether the party did what it could to prevent it",
            Self::PlaceNotStated => "where it happened",
            Self::MayHaveActed => "which side acted",
            Self::NameCoversOthers => "whether those whom the name covers were the party's",
            Self::AcceptanceUnclear => "a record of who accepted, or was listed, and when",
            Self::NobodyKnown => "who stood on the side that is not named, or what the agreement calls them",
            Self::CiviliansNotNamed => "whether those acted upon were civilians",
            Self::SideMixed => "which of those on one side acted, or was hit",
            Self::ActTellsNoPosition => "what stood where: a sighting or an inspection",
            Self::FoundNotDone => "what the inspection saw",
            Self::PeriodUnclear => "in which period it was not done",
            Self::CiviliansHit => "whether it was on civilians",
            Self::CiviliansDied => "whether civilians were attacked, or died in fighting",
            Self::WeaponNotRecorded => "which weapons it was",
            Self::WeaponUnclear => "whether the weapon is of the class",
            Self::ExceptionClaimed => "a determination on the exception that is claimed",
            Self::StepsUnclear => "who took each step, and at what hour",
            Self::ExceptionUnclear => "at whom it was directed",
            Self::PartysWord => "a report of somebody who is no party",
            Self::NotProven => "reports of the kind that the provision takes as proof",
            Self::Contested => "a monitor's own observation, or the denial taken back",
            _ => return None,
        })
    }
}
