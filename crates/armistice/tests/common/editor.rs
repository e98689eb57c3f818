//! An editor that speaks to the real `armistice lsp` over its stdin and stdout.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use serde_json::{Value, json};

use super::{armistice, root};

/// A running server.
pub(crate) struct Editor {
    child: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
    next: i64,
    /// What the server told without being asked, and nobody has looked at yet.
    told: Vec<Value>,
}

impl Editor {
    /// Starts the server and shakes hands; also what it says it can do.
    pub(crate) fn start() -> (Self, Value) {
        let mut command = armistice(&root(), &["lsp"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (to, from) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        let mut editor = Self { child, to, from, next: 0, told: Vec::new() };
        let options = json!({ "lintPages": "https://example.org/lints" });
        let asked = json!({ "processId": null, "rootUri": null, "capabilities": {}, "initializationOptions": options });
        let can = editor.ask("initialize", asked);
        editor.tell("initialized", json!({}));
        (editor, can["result"]["capabilities"].clone())
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        let to = self.to.as_mut().unwrap();
        write!(to, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        to.flush().unwrap();
    }

    fn receive(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.from.read_line(&mut line).unwrap() > 0, "the server has gone");
            match line.trim().split_once(": ") {
                Some(("Content-Length", number)) => length = number.parse().unwrap(),
                Some(_) => {}
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.from.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    /// Tells the server something.
    pub(crate) fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Asks the server something: its whole answer, error or not.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let answer = self.receive();
            if answer["id"] == id {
                return answer;
            }
            self.told.push(answer);
        }
    }

    /// What is wrong with a page, as soon as the server tells it of this version.
    pub(crate) fn problems(&mut self, uri: &str, version: i64) -> Vec<Value> {
        loop {
            let wanted = |m: &Value| m["params"]["uri"] == uri && m["params"]["version"] == version;
            if let Some(at) = self.told.iter().position(wanted) {
                return self.told.remove(at)["params"]["diagnostics"].as_array().unwrap().clone();
            }
            let told = self.receive();
            self.told.push(told);
        }
    }

    /// Opens a page.
    pub(crate) fn open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Asks of a place in a page.
    pub(crate) fn ask_at(&mut self, what: &str, uri: &str, position: &Value, more: Value) -> Value {
        let mut params = json!({ "textDocument": { "uri": uri }, "position": position });
        if let (Some(params), Value::Object(more)) = (params.as_object_mut(), more) {
            params.extend(more);
        }
        self.ask(&format!("textDocument/{what}"), params)
    }

    /// Says goodbye; the server must end of itself.
    pub(crate) fn leave(mut self) {
        let answer = self.ask("shutdown", Value::Null);
        assert!(answer["error"].is_null(), "{answer}");
        self.tell("exit", Value::Null);
        self.to = None;
        assert!(self.child.wait().unwrap().success());
    }
}

/// The address of a file.
pub(crate) fn address(path: &Path) -> String {
    format!("file://{}", path.canonicalize().unwrap().display())
}

/// Where `words` begin in a text, and some characters on, in UTF-16 units.
pub(crate) fn place(text: &str, words: &str, on: usize) -> Value {
    let at = text.find(words).unwrap_or_else(|| panic!("no {words}"));
    let at = at + words.chars().take(on).map(char::len_utf8).sum::<usize>();
    let line = text[..at].matches('\n').count();
    let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
    json!({ "line": line, "character": text[start..at].encode_utf16().count() })
}
