//! The one canonical form of a file.
//!
//! Prose, quotations and headings are the instrument's and stay as they are.
//! Inside a block: a statement at the margin, each clause on a line of its own
//! indented by two spaces, one space between words, no comma before a clause,
//! at most one blank line between statements, comments where they stood. A
//! statement that the parser did not understand is left as it was written.

use crate::document::Form;
use crate::kind::{SyntaxKind as K, SyntaxNode, SyntaxToken};
use crate::parser::parse;
use crate::tree::Statement;

/// Writes the canonical form of a file. Formatting twice changes nothing, and
/// formatting never changes what a term means.
#[must_use]
pub fn format(text: &str, form: Form) -> String {
    let root = parse(text, form).syntax();
    let mut out = String::with_capacity(text.len());
    for element in root.children_with_tokens() {
        match element {
            rowan::NodeOrToken::Token(token) => out.push_str(token.text()),
            rowan::NodeOrToken::Node(node) => block(&node, form, &mut out),
        }
    }
    out
}

fn block(node: &SyntaxNode, form: Form, out: &mut String) {
    let start = out.len();
    let mut blank = false;
    let mut newlines = 0;
    let mut closing = None;
    let mut opened = form == Form::Plain;
    for element in node.children_with_tokens() {
        match element {
            rowan::NodeOrToken::Token(token) => match token.kind() {
                K::Fence if !opened => {
                    out.push_str(token.text());
                    opened = true;
                    newlines = 1;
                }
                K::Fence => closing = Some(token),
                K::Newline => {
                    newlines += 1;
                    blank |= newlines > 1;
                }
                K::Comment => {
                    let trailing = newlines == 0 && out.len() > start;
                    if trailing {
                        // Beside the words it is about.
                        out.truncate(out.trim_end_matches('\n').len());
                        out.push_str("  ");
                    } else {
                        separate(out, start, &mut blank, form);
                    }
                    out.push_str(token.text().trim_end());
                    out.push('\n');
                    newlines = 0;
                }
                _ => {}
            },
            rowan::NodeOrToken::Node(child) => {
                separate(out, start, &mut blank, form);
                statement(&Statement { node: child }, out);
                newlines = 0;
            }
        }
    }
    if let Some(fence) = closing {
        out.push_str(fence.text());
    }
}

/// One blank line where there was one or more, none at a block's beginning.
fn separate(out: &mut String, start: usize, blank: &mut bool, form: Form) {
    let first = match form {
        Form::Plain => out.len() == start,
        Form::Literate => out.get(start..).is_some_and(|s| s.matches('\n').count() <= 1),
    };
    if *blank && !first {
        out.push('\n');
    }
    *blank = false;
}

fn statement(statement: &Statement, out: &mut String) {
    let adrift = statement.is_adrift();
    if adrift || !statement.is_whole() {
        let text = statement.node.text().to_string();
        if let Some(indent) = statement.node.prev_sibling_or_token().filter(|e| adrift && e.kind() == K::Space) {
            // Its own indentation: with less, three backticks would be a fence.
            out.push_str(&indent.to_string());
        }
        out.push_str(text.trim_end());
        out.push('\n');
        return;
    }
    let mut line = Line::default();
    for element in statement.node.children_with_tokens() {
        match element {
            rowan::NodeOrToken::Token(token) => match token.kind() {
                K::Comment => line.comment(&token, out),
                // The comma before a clause says nothing a new line does not.
                K::Comma | K::Space | K::Newline => {}
                _ => line.push(&token),
            },
            rowan::NodeOrToken::Node(node) => {
                if node.kind() == K::Clause {
                    line.end(out);
                    line.indent = true;
                }
                let tokens = node.descendants_with_tokens().filter_map(rowan::NodeOrToken::into_token);
                for token in tokens {
                    match token.kind() {
                        K::Comment => line.comment(&token, out),
                        K::Space | K::Newline => {}
                        _ => line.push(&token),
                    }
                }
            }
        }
    }
    line.end(out);
}

/// A line being written, with comments that must wait for its end.
#[derive(Default)]
struct Line {
    words: String,
    indent: bool,
    comments: Vec<String>,
}

impl Line {
    fn push(&mut self, token: &SyntaxToken) {
        let text = token.text();
        let tight = matches!(token.kind(), K::Comma | K::CloseBracket | K::CloseParen | K::Colon)
            || self.words.ends_with(['[', '(']);
        if !self.words.is_empty() && !tight {
            self.words.push(' ');
        }
        self.words.push_str(text);
    }

    fn comment(&mut self, token: &SyntaxToken, out: &mut String) {
        let own_line = token.prev_token().is_some_and(|before| {
            let skip = if before.kind() == K::Space { before.prev_token() } else { Some(before) };
            skip.is_some_and(|t| t.kind() == K::Newline)
        });
        if own_line {
            self.end(out);
            self.indent = true;
            out.push_str("  ");
            out.push_str(token.text().trim_end());
            out.push('\n');
        } else {
            self.comments.push(token.text().trim_end().to_owned());
        }
    }

    fn end(&mut self, out: &mut String) {
        if self.words.is_empty() && self.comments.is_empty() {
            return;
        }
        if self.indent {
            out.push_str("  ");
        }
        out.push_str(&self.words);
        for comment in self.comments.drain(..) {
            out.push_str("  ");
            out.push_str(&comment);
        }
        out.push('\n');
        self.words.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formatted(text: &str) -> String {
        let once = format(text, Form::Plain);
        assert_eq!(format(&once, Form::Plain), once, "formatting twice changes nothing");
        once
    }

    #[test]
    fn clauses_go_to_lines_of_their_own() {
        let text = "Government and   Opposition must not attack each other from D for 48 hours, renewed by Russia and UnitedStates together\n";
        assert_eq!(
            formatted(text),
            "Government and Opposition must not attack each other\n  from D\n  for 48 hours\n  renewed by Russia and UnitedStates together\n"
        );
    }

    #[test]
    fn comments_stay_where_they_stood() {
        let text =
            "# top\n\n\n\nmoment D is 2016-09-12 19:00 # sunset\nparty A  # one\n   # own line\n   known as \"A\"\n";
        assert_eq!(
            formatted(text),
            "# top\n\nmoment D is 2016-09-12 19:00  # sunset\nparty A  # one\n  # own line\n  known as \"A\"\n"
        );
    }

    #[test]
    fn what_is_not_understood_is_left_alone() {
        let text = "party A\n     knwon   as \"x\"\nmoment   D is 2016-09-12\n";
        assert_eq!(formatted(text), "party A\n     knwon   as \"x\"\nmoment D is 2016-09-12\n");
    }

    /// What is kept in a place is kept there by the act, not by a clause.
    #[test]
    fn kept_in_a_place() {
        let text = "North must keep tanks in Depot\n  from D\n";
        assert_eq!(formatted(text), text);
        assert_eq!(parse(text, Form::Plain).diagnostics, []);
    }

    #[test]
    fn a_comma_does_not_make_a_place_a_moment() {
        let text = "Government must keep tanks at least 500 m, from Road\n";
        assert_eq!(formatted(text), text);
    }

    /// An unclosed text runs to its line's end: joined to the next line, it
    /// would swallow that, too.
    #[test]
    fn an_unclosed_text_swallows_nothing() {
        let text = "Government must keep tanks [3 km: \"a\" 2 km: \"b]\n  from D\n";
        assert_eq!(formatted(text), text);
    }

    #[test]
    fn prose_is_not_touched() {
        let page = "#  Title\n\ntext   here\n\n```truce\n\nmoment   D is 2016-09-12\n\n```\n\n```sh\n  x\n```\n";
        let once = format(page, Form::Literate);
        assert_eq!(once, "#  Title\n\ntext   here\n\n```truce\nmoment D is 2016-09-12\n```\n\n```sh\n  x\n```\n");
        assert_eq!(format(&once, Form::Literate), once);
    }
}
