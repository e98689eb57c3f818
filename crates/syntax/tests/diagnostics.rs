//! What the parser says of each kind of mistake: the source, then the message.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on fails")]

use armistice_syntax::{Diagnostic, Form, Lines, format, parse, render};

/// The source, and every diagnostic as a user sees it.
fn shown(text: &str, form: Form) -> String {
    let parse = parse(text, form);
    assert_eq!(parse.syntax().text().to_string(), text, "nothing is lost");
    assert_eq!(format(&format(text, form), form), format(text, form), "formatting twice changes nothing");
    let name = if form == Form::Plain { "agreement.truce" } else { "agreement.truce.md" };
    let told = |d: &Diagnostic| {
        let mend = d.fix.as_ref().map(|f| format!("mend: `{}` → `{}`\n", &text[f.span.clone()], f.text));
        format!("\n{}\n{}", render(d, name, text, false), mend.unwrap_or_default())
    };
    format!("{text}\n{}", parse.diagnostics.iter().map(told).collect::<String>())
}

macro_rules! mistakes {
    ($($name:ident: $form:ident $text:expr;)+) => {$(
        #[test]
        fn $name() {
            insta::assert_snapshot!(stringify!($name), shown($text, Form::$form));
        }
    )+};
}

mistakes! {
    t001_no_such_statement: Plain "pary Government \"the government\"\nfoo bar\n42 things\n";
    t002_no_such_clause: Plain "party Government\n  knwon as \"Government of Syria\"\n  guarantied by Russia\nGovernment must allow aid\n  form 2016-09-12\n  renewd by Russia\n";
    t002_nothing_near: Plain "monitor UN\n  verily good\n";
    t003_clause_of_another: Plain "party Government\n  certified by Russia\nmoment D is 2016-09-12\n  from 2016-09-13\nline Road\n  signed 2016-09-12\n";
    t004_missing: Plain "party\nmoment D\nmoment dday is 2016-09-12\nweapons Heavy\nline Road\n  good to\nGovernment must allow aid\n  for a while\n  by noon\nbody B\n  decides by consenus\n  quorum two\nagreement \"A\"\n  standard of proof 80\ngate G\n  opens when 1 and 3 are kept for days\nperiod 2016-09-12\n";
    t005_unclosed_text: Plain "party Government \"the government\n  known as “Government of Syria\nGovernment must allow \"aid\n";
    t006_unclosed_block: Literate "# A truce\n\n```truce é\nmoment D is 2016-09-12\n";
    t007_continues_nothing: Plain "  from 2016-09-12\n\nparty Government\n";
    t008_no_such_act: Plain "Government must atack Opposition\nGovernment must\n  from D\nGovernment must not withdrawl Heavy\nGovernment must frobnicate\n";
    t009_units: Plain "line Road\n  good to 1.5 klm\n  within 3 days of Road\nGovernment must allow aid\n  for 48 hourz\n  every 15\nmoment E is D + 3 metres\n";
    t010_unclosed_bracket: Plain "moment D is [2016-09-12: \"one\" | 2016-09-13: \"two\"\nGovernment must keep Heavy at least [3 km: \"one\" 4 km: \"two\"] from Road\n  from D\n";
    t011_alternative_without_source: Plain "moment D is [2016-09-12 | 2016-09-13: \"two\"]\nGovernment must keep Heavy at least [3 km: \"one\" | 4 km] from Road\n";
    t012_no_modal: Plain "Government shall allow aid\nGovernment and Opposition\nGovernment mus allow aid\n  from D\n";
    t013_no_meaning: Plain "Government must allow aid & fuel; and food\n  from D\n";
    t014_bracket_in_bracket: Plain "Government must keep Heavy at least [[3 km: \"a\" | 4 km: \"b\"]: \"c\" | 5 km: \"d\"] from Road\nweapons Heavy are [tanks: \"a\" | [mortars: \"b\"]: \"c\"]\n";
    t015_dangling_comma: Plain "moment D is 2016-09-12\nGovernment must allow aid\n  from D,\nparty North,\n";
    t016_open_comment: Literate "# A truce\n\n<!-- struck out: -->\n\n```truce\nmoment D is 2016-09-12\n```\n\n<!-- and\n\n```truce\nno statement\n```\n";
    t017_nearly_truce: Literate "```Truce\nmoment D is 2016-09-12\n```\n\n```truc\nno statement\n```\n\n```sh\nls\n```\n";
    t018_underlined_heading: Literate "3.a Castello Road\n=================\n\nArticle 4\n---\n\nA paragraph of\ntwo lines\n---\n\n- listed\n---\n\n| a |\n---\n\n```truce\nmoment D is 2016-09-12\n```\n";
    t019_truce_within: Literate "> ```truce\n> no statement\n> ```\n\n1. First\n2. ```truce\n   no statement\n   ```\n\n- a\n  - > ~~~ truce\n\n      ```truce\n      no statement\n      ```\n\n```md\n> ```truce\n```\n";
    t020_turned_round: Plain "party North \"the \u{202e}htron\"\nmoment D is 2016-09-12 # \u{2066}x\n";
    t008_nearly_an_act: Plain "North must nott fly\nNorth must hnad over tanks\nNorth must notify South\nNorth must not aly mines\n";
    t008_said_otherwise: Plain "North must disarm militias\nNorth must not abduct civilians\nNorth must vacate the schools\n";
    t002_short_clauses: Plain "North must open the road\n  bye D\nNorth must open the road\n  iin Zone\nNorth must open the road\n  and by day\n  be D\n";
    t009_nearly_a_distance: Plain "North must keep tanks at least 3500 kn from Road\n  from D\nNorth must keep tanks 3 kmm north of Road\nNorth must deliver 12 mm of film\n";
    slips_in_phrases: Plain "every partie must not fly\nall parties must not fly\nevery party must not fly\n  excpet in self-defence\n  verrified by Watch\ngate G\n  opens when 1 is kpt for 7 consecutive days\ngate H\n  opens when 1 is kept for 7 consecutve days\nweapons Guns are artillery of calibre ovr 100 mm\nweapons Guns are artillery of range\n";
    headings_that_are_read: Literate "---\ntitle: front matter\n---\n\n  ## 3.a Castello Road ##\n\n```truce\nno statement\n```\n\n---\n";
    rules_hide_no_terms: Literate "---\n\n```truce\nno statement\n```\n\n---\n";
    comments_hide_terms: Literate "<!-- struck out by the parties:\n```truce\nno statement\n```\n-->\n\n```truce\nmoment D is 2016-09-12\n```\n";
    literate_columns: Literate "# Übergänge\n\n> quoted\n\n## 1 Ä\n\n```truce\nparty Ä \"ö\"\n  knwon as \"ü\"\n```\n\n```sh\nknwon as\n```\n";
}

/// One message for each mistake, at its place, and none for what is right.
#[test]
fn three_mistakes_give_three_messages() {
    let text = r#"agreement "A truce"
  signed 2016-09-09
  time in Asia/Damascus

party North
party South

North and South must not attack each other
  from 2016-09-12 19:00
  for 48 hrs
  except in self-defence

North must keep tanks at least 3500 from Road
South may opne the crossing
  from 2016-09-12
"#;
    let parse = parse(text, Form::Plain);
    let found: Vec<(&str, (usize, usize))> =
        parse.diagnostics.iter().map(|d| (d.code.0, Lines::of(text).line_column(d.span.start))).collect();
    assert_eq!(found, [("T002", (3, 3)), ("T009", (10, 7)), ("T008", (14, 11))]);
    insta::assert_snapshot!("three_mistakes", shown(text, Form::Plain));
}

#[test]
fn did_you_mean() {
    for (typed, meant) in [
        ("wepons Heavy are tanks\n", "weapons"),
        ("agrement \"A\"\n", "agreement"),
        ("party A\n  garanteed by B\n", "guaranteed by"),
        ("A must allow aid\n  verifyed by B\n", "verified by"),
        ("A must allow aid\n  form D\n", "from"),
        ("A must allow aid\n  at teh same time as 3\n", "at the same time as"),
        ("A must wihdraw Heavy\n", "withdraw"),
        ("A must reinforse\n", "reinforce"),
        ("A must allow aid\n  for 48 huors\n", "hours"),
        ("line L\n  good to 5 klm\n", "km"),
        ("body B\n  decides by majorty\n", "majority"),
        ("A msut allow aid\n", "must"),
    ] {
        let parse = parse(typed, Form::Plain);
        assert_eq!(parse.diagnostics.len(), 1, "{typed}{:?}", parse.diagnostics);
        let help = parse.diagnostics[0].help.clone().unwrap_or_default();
        assert_eq!(help, format!("did you mean `{meant}`?"), "{typed}");
        let mended = parse.diagnostics[0].fix.clone().unwrap().apply(typed);
        assert_eq!(self::parse(&mended, Form::Plain).diagnostics, [], "{mended}");
    }
}

/// A term may go on over a line's end where no clause begins.
#[test]
fn acts_wrap_and_clauses_follow_on_one_line() {
    for text in [
        "A must keep tanks at least 3 km\n    from Road\n    on its north side\n  from D\n",
        "A must keep tanks at least 3 km from Road, from D, until E\n",
        "A must allow aid, in all areas, for 3 days\n",
        "A must prevent B from attacking C, from D\n",
        "agreement \"A\" authentic in English and Arabic signed 2016-09-09\n  published in the press\n  times in UTC\n",
    ] {
        let parse = parse(text, Form::Plain);
        assert_eq!(parse.diagnostics, [], "{text}");
    }
    let one = "agreement \"A\"\n  authentic in English\n  times in UTC\n";
    assert_eq!(format(one, Form::Plain), one, "a clause of many words does not swallow the next");
}

/// However deep, brackets cost no stack.
#[test]
fn a_hundred_thousand_brackets() {
    for text in ["A must keep ", "weapons W are ", "moment D is "] {
        let text = format!("{text}{}", "[".repeat(100_000));
        assert!(!parse(&text, Form::Plain).diagnostics.is_empty());
    }
}
