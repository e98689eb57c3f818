//! An editor and the real server, over the real protocol.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

mod common;

use std::fmt::Write;
use std::fs;

use armistice_syntax::{ANCHORS, MODALS, PROVISION, STATEMENTS, StatementForm, UNITS, Unit, VERBS};
use common::editor::{Editor, address, place};
use common::{armistice, folder, gallery, root};
use insta::assert_snapshot;
use serde_json::{Value, json};

/// The agreement of the gallery, open in an editor.
fn geneva() -> (Editor, String, String) {
    let path = root().join("agreements/syria-geneva-2016/agreement.truce.md");
    let (uri, text) = (address(&path), fs::read_to_string(&path).unwrap());
    let (mut editor, _) = Editor::start();
    editor.open(&uri, &text);
    (editor, uri, text)
}

/// `12:3-12:9`, counted from 0 as the protocol has it.
fn range(range: &Value) -> String {
    let at = |end: &str| format!("{}:{}", range[end]["line"], range[end]["character"]);
    format!("{}-{}", at("start"), at("end"))
}

fn ranges(found: &Value) -> String {
    let all = found.as_array().unwrap().iter().map(|one| range(&one["range"]));
    all.collect::<Vec<_>>().join(" ")
}

#[test]
fn what_it_can_do_is_said() {
    let (editor, can) = Editor::start();
    assert_snapshot!(format!("{can:#}"));
    editor.leave();
}

/// The editor is shown what `check` tells, of the whole gallery.
#[test]
fn problems_are_those_that_check_tells() {
    let (mut editor, _) = Editor::start();
    for name in gallery() {
        let path = root().join("agreements").join(&name).join("agreement.truce.md");
        let (uri, text) = (address(&path), fs::read_to_string(&path).unwrap());
        editor.open(&uri, &text);
        let shown = editor.problems(&uri, 1);
        let shown: Vec<(Value, Value, Value)> = shown
            .iter()
            .map(|p| {
                if let Some(page) = p["codeDescription"]["href"].as_str() {
                    assert_eq!(page, format!("https://example.org/lints/{}.md", p["code"].as_str().unwrap()));
                }
                let related = p["relatedInformation"].as_array().map_or(0, Vec::len);
                (p["code"].clone(), json!(p["range"]["start"]["line"].as_u64().unwrap() + 1), json!(related))
            })
            .collect();
        let path = format!("agreements/{name}/agreement.truce.md");
        let told = armistice(&root(), &["check", "--format", "json", &path]).output().unwrap();
        let told: Vec<Value> = serde_json::from_slice(&told.stdout).unwrap();
        let told: Vec<(Value, Value, Value)> = told
            .iter()
            .filter(|p| p["path"] == path.as_str())
            .map(|p| (p["code"].clone(), p["line"].clone(), json!(p["related"].as_array().unwrap().len())))
            .collect();
        assert_eq!(shown, told, "{name}");
    }
    editor.leave();
}

#[test]
fn hovering() {
    let (mut editor, uri, text) = geneva();
    let mut all = String::new();
    for (words, on) in [
        ("moment D is", 7),
        ("moment D is", 1),
        ("2016-09-12 19:00\n\n# No text", 3),
        ("signed 2016", 1),
        ("guaranteed by Russia", 2),
        ("guaranteed by Russia", 14),
        ("Opposition must not attack", 3),
        ("must not attack", 1),
        ("[3500 m", 2),
        ("keep Heavy", 6),
        ("CastelloRoad \"the", 2),
        ("from \"places", 1),
        ("from D\n  for 48", 1),
        ("artillery, mortars", 2),
        ("armoured personnel", 3),
        ("opens when 1", 11),
        ("gate JIC", 6),
        ("### 3.a", 5),
        ("Heavy are tanks", 1),
    ] {
        let answer = editor.ask_at("hover", &uri, &place(&text, words, on), json!({}));
        let found = &answer["result"];
        let (before, after) = words.split_at(words.char_indices().nth(on).unwrap().0);
        let value = found["contents"]["value"].as_str().unwrap_or("nothing");
        let about = if found.is_null() { String::new() } else { range(&found["range"]) };
        writeln!(all, "=== {before}‸{after} {about}\n{value}\n").unwrap();
    }
    assert_snapshot!(all.replace('\u{a0}', " "));
    editor.leave();
}

#[test]
fn from_a_name_to_its_declaration_and_back() {
    let (mut editor, uri, text) = geneva();
    let mut all = String::new();
    for (words, on) in [
        ("Opposition must not attack", 3),
        ("guaranteed by Russia", 15),
        ("from CastelloRoad", 6),
        ("keep Heavy", 6),
        ("from Pullback", 6),
        ("opens when 1 and 3", 11),
        ("opens when 1 and 3", 17),
        ("### 3.a", 5),
        ("Asia/Damascus", 2),
    ] {
        let at = place(&text, words, on);
        let definition = editor.ask_at("definition", &uri, &at, json!({}))["result"].clone();
        let context = json!({ "context": { "includeDeclaration": false } });
        let references = editor.ask_at("references", &uri, &at, context)["result"].clone();
        writeln!(all, "{words} [{on}]: declared {}; named {}", ranges(&definition), ranges(&references)).unwrap();
    }
    assert_snapshot!(all);
    editor.leave();
}

/// A source is one and the same in quotation marks and without, and a name that
/// records give to somebody else is taken.
#[test]
fn renaming_a_source() {
    let (mut editor, uri, _) = geneva();
    let text = "```truce\nagreement \"A\"\n  signed 2016-09-09\n  times in UTC\nparty North \"n\"\n  known as \"Nordic\"\nparty South \"s\"\n  known as \"Sud\"\nmoment D is [2016-09-12 19:00: North | 2016-09-13 08:00: South]\nmoment E is [2016-09-12 19:00: \"North\" | 2016-09-13 08:00: \"South\"]\n```\n";
    let change = json!([{ "text": text }]);
    editor.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": &uri, "version": 2 }, "contentChanges": change }),
    );
    let at = place(text, "party North", 6);
    let answer = editor.ask_at("rename", &uri, &at, json!({ "newName": "Nordland" }));
    let edits = answer["result"]["changes"][&uri].as_array().unwrap().clone();
    let places: Vec<String> = edits.iter().map(|edit| edit["range"].to_string()).collect();
    assert_eq!(places.len(), 3, "{places:?}");
    // The third is within its quotation marks.
    let line = text.lines().nth(9).unwrap();
    let from = edits[2]["range"]["start"]["character"].as_u64().unwrap() as usize;
    let until = edits[2]["range"]["end"]["character"].as_u64().unwrap() as usize;
    assert_eq!(&line[from..until], "North");
    for (name, free) in [("Sud", false), ("Nordic", true), ("South", false)] {
        let answer = editor.ask_at("rename", &uri, &at, json!({ "newName": name }));
        assert_eq!(answer["error"].is_null(), free, "{name}: {answer}");
    }
    editor.leave();
}

#[test]
fn renaming() {
    let (mut editor, uri, text) = geneva();
    let at = place(&text, "from CastelloRoad", 7);
    let ready = editor.ask_at("prepareRename", &uri, &at, json!({}));
    assert_eq!(ready["result"]["placeholder"], "CastelloRoad");
    let answer = editor.ask_at("rename", &uri, &at, json!({ "newName": "Кастелло" }));
    let edits = answer["result"]["changes"][&uri].as_array().unwrap().clone();
    assert_eq!(edits.len(), text.matches("CastelloRoad").count());
    // Made one after another from the end, they leave a page as sound as before.
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    for edit in edits.iter().rev() {
        let (start, end) = (&edit["range"]["start"], &edit["range"]["end"]);
        let line = &mut lines[start["line"].as_u64().unwrap() as usize];
        line.replace_range(
            start["character"].as_u64().unwrap() as usize..end["character"].as_u64().unwrap() as usize,
            edit["newText"].as_str().unwrap(),
        );
    }
    let before = editor.problems(&uri, 1).len();
    let change = json!([{ "text": lines.join("\n") }]);
    editor.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": &uri, "version": 2 }, "contentChanges": change }),
    );
    assert_eq!(editor.problems(&uri, 2).len(), before);
    let mut refused = String::new();
    let at = place(&text, "Opposition must not attack", 1);
    for name in ["Government", "opposition", "Two Words", "3.a", "", "Нет!"] {
        let answer = editor.ask_at("rename", &uri, &at, json!({ "newName": name }));
        writeln!(refused, "{name:?}: {}", answer["error"]["message"]).unwrap();
    }
    for (words, on) in [("opens when 1", 11), ("### 3.a", 5), ("must not attack", 1)] {
        let answer = editor.ask_at("prepareRename", &uri, &place(&text, words, on), json!({}));
        writeln!(refused, "{words:?}: {}", answer["error"]["message"]).unwrap();
    }
    assert_snapshot!(refused);
    editor.leave();
}

/// A page with a slip: what is wrong, what it names, and the mend.
#[test]
fn slips_and_their_mends() {
    let (mut editor, uri, text) = geneva();
    let clean = editor.problems(&uri, 1).len();
    let at = place(&text, "guaranteed by Russia", 14);
    let to = place(&text, "guaranteed by Russia", 20);
    let change = json!([{ "range": { "start": at, "end": to }, "text": "Rusia" }]);
    editor.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": &uri, "version": 2 }, "contentChanges": change }),
    );
    let problems = editor.problems(&uri, 2);
    let slip = problems.iter().find(|p| p["code"] == "T120").unwrap().clone();
    let context = json!({ "diagnostics": [] });
    let asked = json!({ "textDocument": { "uri": &uri }, "range": slip["range"], "context": context });
    let mends = editor.ask("textDocument/codeAction", asked)["result"].clone();
    assert_snapshot!(format!("{slip:#}\n{mends:#}").replace(&uri, "PAGE"));
    let edit = &mends[0]["edit"]["changes"][&uri][0];
    let change = json!([{ "range": edit["range"], "text": edit["newText"] }]);
    editor.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": &uri, "version": 3 }, "contentChanges": change }),
    );
    assert_eq!(editor.problems(&uri, 3).len(), clean);
    editor.leave();
}

/// What comes whole from a table of the vocabulary stands here by the table's name.
fn tables(labels: &str) -> String {
    let form = |lead: &str| StatementForm::of(lead).unwrap().clauses.join(" | ");
    let leads = |settings: bool| {
        let setting = |lead: &&str| ["records", "units", "period", "baseline"].contains(lead);
        let leads = STATEMENTS.iter().map(|form| form.lead).filter(|lead| setting(lead) == settings);
        leads.collect::<Vec<_>>().join(" | ")
    };
    let units = |fits: fn(&Unit) -> bool| {
        UNITS.iter().filter(|(_, unit)| fits(unit)).map(|(word, _)| *word).collect::<Vec<_>>().join(" | ")
    };
    let kinds = armistice_terms::weapons::words().collect::<Vec<_>>().join(" | ");
    let known = [
        (leads(false), "statements"),
        (VERBS.join(" | "), "acts"),
        (PROVISION.join(" | "), "clauses of a provision"),
        (form("party"), "clauses of a party"),
        (form("line"), "clauses of a place"),
        (units(|_| true), "units"),
        (units(|unit| unit.is_length()), "units of length"),
        (units(|unit| unit.is_time()), "units of time"),
        (kinds, "kinds of weapon"),
        (ANCHORS.join(" | "), "anchors"),
        (MODALS.join(" | "), "must, and so on"),
    ];
    known.iter().fold(labels.to_owned(), |shown, (table, name)| shown.replace(table, &format!("<{name}>")))
}

#[test]
fn completing() {
    let (mut editor, uri, text) = geneva();
    let mut all = String::new();
    // Each is written after the first block of terms; what is at the cursor is asked for.
    for (number, written) in (2..).zip([
        "‸",
        "par‸",
        "Government ‸",
        "Government must ‸",
        "Government must not att‸",
        "Government must keep Heavy at least 3500 ‸",
        "Government must keep Heavy at least 3500 m from ‸",
        "Government must keep Heavy at least 3500 m from CastelloRoad\n  ‸",
        "Government must keep Heavy at least 3500 m from CastelloRoad\n  from ‸",
        "Government must keep Heavy at least 3500 m from CastelloRoad\n  for 48 ‸",
        "Government must keep Heavy at least 3500 m from CastelloRoad\n  verified by ‸",
        "Government must keep Heavy at least 3500 m from CastelloRoad\n  verified by UN and ‸",
        "Government must allow aid\n  in ‸",
        "Government must allow aid\n  at the same time as ‸",
        "Government must allow aid\n  severity ‸",
        "party North\n  ‸",
        "party North\n  known as ‸",
        "party North\n  guaranteed by ‸",
        "party North \"‸",
        "line Road\n  ‸",
        "line Road\n  good to 2 ‸",
        "weapons Big are ‸",
        "gate Next\n  opens when ‸",
        "body B\n  decides by ‸",
        "# ‸",
    ]) {
        let page = text.replacen("\n```\n", &format!("\n\n{written}\n```\n"), 1);
        let at = place(&page, "‸", 0);
        let page = page.replace('‸', "");
        let change = json!([{ "text": page }]);
        let document = json!({ "uri": &uri, "version": number });
        editor.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": change }));
        let answer = editor.ask_at("completion", &uri, &at, json!({}));
        let items = answer["result"].as_array().unwrap_or_else(|| panic!("{answer}"));
        let labels: Vec<&str> = items.iter().map(|item| item["label"].as_str().unwrap()).collect();
        writeln!(all, "=== {written}\n{}\n", tables(&labels.join(" | "))).unwrap();
    }
    let prose = editor.ask_at("completion", &uri, &json!({ "line": 3, "character": 5 }), json!({}));
    assert_eq!(prose["result"], json!([]), "prose is nobody's to complete");
    assert_snapshot!(all);
    editor.leave();
}

#[test]
fn formatting_is_that_of_fmt() {
    let (mut editor, uri, text) = geneva();
    let ask = json!({ "textDocument": { "uri": &uri }, "options": { "tabSize": 2, "insertSpaces": true } });
    assert_eq!(editor.ask("textDocument/formatting", ask.clone())["result"], json!([]));
    let uneven = text.replace("  for 48 hours\n", " for   48 hours,\n");
    let change = json!([{ "text": uneven }]);
    editor.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": &uri, "version": 2 }, "contentChanges": change }),
    );
    let edits = editor.ask("textDocument/formatting", ask)["result"].clone();
    assert_eq!(edits[0]["newText"], text.as_str());
    assert_eq!(edits.as_array().unwrap().len(), 1);
    editor.leave();
}

fn outline(symbols: &Value, depth: usize, out: &mut String) {
    for symbol in symbols.as_array().into_iter().flatten() {
        let detail = symbol["detail"].as_str().map(|d| format!(" ({d})")).unwrap_or_default();
        let name = symbol["name"].as_str().unwrap();
        writeln!(out, "{}{name}{detail} {}", "  ".repeat(depth), range(&symbol["range"])).unwrap();
        outline(&symbol["children"], depth + 1, out);
    }
}

#[test]
fn the_page_at_a_glance() {
    let (mut editor, uri, _) = geneva();
    let ask = json!({ "textDocument": { "uri": &uri } });
    let mut all = String::new();
    outline(&editor.ask("textDocument/documentSymbol", ask.clone())["result"], 0, &mut all);
    let folds = editor.ask("textDocument/foldingRange", ask)["result"].clone();
    let folds = folds.as_array().unwrap().iter().map(|f| format!("{}-{}", f["startLine"], f["endLine"]));
    writeln!(all, "folds {}", folds.collect::<Vec<_>>().join(" ")).unwrap();
    assert_snapshot!(all);
    editor.leave();
}

/// Columns are UTF-16 units, whatever is written before them.
#[test]
fn every_script_has_its_columns() {
    let text = "agreement \"A\"\n  times in UTC\n  days start at 00:00\nparty Север \"🕊️ север\"\n  knwon as \"سلام 🕊️\" from 2016-07-40\n# 🕊️\nСевер must atack Север\n";
    let uri = "untitled:three-scripts.truce";
    let (mut editor, _) = Editor::start();
    editor.open(uri, text);
    let problems = editor.problems(uri, 1);
    let lines: Vec<Vec<u16>> = text.split('\n').map(|line| line.encode_utf16().collect()).collect();
    let words = |range: &Value| {
        let end = |which: &str, what: &str| range[which][what].as_u64().unwrap() as usize;
        String::from_utf16(&lines[end("start", "line")][end("start", "character")..end("end", "character")]).unwrap()
    };
    let pointed: Vec<String> = problems.iter().map(|p| format!("{} {}", p["code"], words(&p["range"]))).collect();
    assert_eq!(pointed, ["\"T002\" knwon", "\"T008\" atack"]);
    let at = place(text, "atack Север", 6);
    let found = editor.ask_at("references", uri, &at, json!({ "context": { "includeDeclaration": true } }));
    let found: Vec<String> = found["result"].as_array().unwrap().iter().map(|r| words(&r["range"])).collect();
    assert_eq!(found, ["Север"; 3]);
    editor.leave();
}

#[test]
fn settings_and_plain_pages() {
    let here = folder("lsp-settings");
    let agreement = "agreement \"A\"\n  signed 2016-09-09\n  times in Asia/Damascus\n  days start at 00:00\n";
    fs::write(here.join("agreement.truce"), agreement).unwrap();
    let settings = here.join("assessment.truce");
    fs::write(&settings, "").unwrap();
    let uri = address(&settings);
    let (mut editor, _) = Editor::start();
    editor.open(&uri, "period 2016-09-19 to 2016-09-12\nparty North\n‸");
    let codes =
        |problems: Vec<Value>| problems.iter().map(|p| p["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(codes(editor.problems(&uri, 1)), ["T001", "T161", "T160"]);
    let answer = editor.ask_at("completion", &uri, &json!({ "line": 2, "character": 0 }), json!({}));
    let labels: Vec<&str> = answer["result"].as_array().unwrap().iter().map(|i| i["label"].as_str().unwrap()).collect();
    assert_eq!(labels, ["records", "units", "period", "baseline"]);
    editor.leave();
}

/// Shapes are read from beside the page, and again when they have changed.
#[test]
fn files_beside_the_page() {
    let here = folder("lsp-files");
    let page = here.join("agreement.truce");
    let text = "agreement \"A\"\n  signed 2016-09-09\n  times in UTC\n  days start at 00:00\nline Road\n  from \"places.geojson#road\"\n  good to 1 km\n";
    fs::write(&page, text).unwrap();
    let uri = address(&page);
    let (mut editor, _) = Editor::start();
    editor.open(&uri, text);
    let problems = editor.problems(&uri, 1);
    assert_eq!(problems[0]["code"], "T130", "{problems:?}");
    let shape = r#"{"type":"Feature","id":"road","properties":{},"geometry":{"type":"LineString","coordinates":[[37.0,36.0],[37.2,36.0]]}}"#;
    fs::write(here.join("places.geojson"), shape).unwrap();
    let changed = json!([{ "text": format!("{text}\n") }]);
    editor.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": &uri, "version": 2 }, "contentChanges": changed }),
    );
    assert!(editor.problems(&uri, 2).iter().all(|p| p["code"] != "T130"));
    // The shape is kept from key to key, and given up when its file is another.
    for (version, id, missing) in [(3, "road", false), (4, "river", true), (5, "roads", true), (6, "road", false)] {
        fs::write(here.join("places.geojson"), shape.replace("road", id)).unwrap();
        let changed = json!([{ "text": format!("{text}{}", "\n".repeat(version)) }]);
        editor.tell(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": &uri, "version": version }, "contentChanges": changed }),
        );
        let problems = editor.problems(&uri, i64::try_from(version).unwrap());
        assert_eq!(problems.iter().any(|p| p["code"] == "T130"), missing, "{version}: {problems:?}");
    }
    editor.leave();
}

/// Nonsense is answered as such, and the next request is served.
#[test]
fn one_bad_request_is_not_the_end() {
    let (mut editor, uri, text) = geneva();
    let mut all = String::new();
    for (method, params) in [
        ("textDocument/hover", json!({})),
        ("textDocument/hover", json!(null)),
        (
            "textDocument/hover",
            json!({ "textDocument": { "uri": "file:///nowhere" }, "position": { "line": 0, "character": 0 } }),
        ),
        ("textDocument/rename", json!([1, 2])),
        ("textDocument/semanticTokens/full", json!({ "textDocument": { "uri": &uri } })),
    ] {
        let answer = editor.ask(method, params);
        writeln!(all, "{method}: {}", answer["error"]).unwrap();
    }
    editor.tell("textDocument/didChange", json!({ "nonsense": true }));
    editor.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": "file:///nowhere", "version": 1 }, "contentChanges": [] }),
    );
    editor.tell("workspace/unheard-of", json!({}));
    let far = json!({ "line": 4_000_000_000_u32, "character": 4_000_000_000_u32 });
    for what in ["hover", "definition", "completion", "prepareRename"] {
        let answer = editor.ask_at(what, &uri, &far, json!({}));
        assert!(answer["error"]["code"] != -32603, "{answer}");
    }
    let turned = json!([{ "range": { "start": far, "end": { "line": 0, "character": 0 } }, "text": "" }]);
    editor.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": &uri, "version": 2 }, "contentChanges": turned }),
    );
    let answer = editor.ask_at("hover", &uri, &place(&text, "guaranteed by Russia", 14), json!({}));
    assert!(answer["result"]["contents"]["value"].as_str().unwrap().contains("Russia"));
    assert_snapshot!(all);
    editor.leave();
}
