//! A text and its lines, by the editor's reckoning: UTF-16 units in a line.

use armistice_syntax::Span;
use lsp_types::{Position, Range, TextDocumentContentChangeEvent};

/// A text that is being edited.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    all: String,
    /// Where each line begins.
    starts: Vec<usize>,
}

impl Text {
    pub(crate) fn new(all: String) -> Self {
        let starts = starts(&all);
        Self { all, starts }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.all
    }

    /// Makes one of the editor's changes.
    pub(crate) fn change(&mut self, change: TextDocumentContentChangeEvent) {
        match change.range {
            None => self.all = change.text,
            Some(range) => {
                let span = self.offset(range.start)..self.offset(range.end);
                let span = span.start..span.end.max(span.start);
                self.all.replace_range(span, &change.text);
            }
        }
        self.starts = starts(&self.all);
    }

    /// The byte at a position; past the end of a line, the line's end; within a
    /// character of two units, its beginning.
    pub(crate) fn offset(&self, at: Position) -> usize {
        let line = usize::try_from(at.line).unwrap_or(usize::MAX);
        let Some(&start) = self.starts.get(line) else {
            return self.all.len();
        };
        let end = self.starts.get(line + 1).copied().unwrap_or(self.all.len());
        let words = self.all.get(start..end).unwrap_or_default().trim_end_matches(['\r', '\n']);
        let mut units = 0;
        for (index, c) in words.char_indices() {
            units += c.len_utf16();
            if units > at.character as usize {
                return start + index;
            }
        }
        start + words.len()
    }

    /// The position of a byte; within a character, that of its beginning.
    pub(crate) fn position(&self, at: usize) -> Position {
        let mut at = at.min(self.all.len());
        while !self.all.is_char_boundary(at) {
            at -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= at).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or_default();
        let units: usize = self.all.get(start..at).unwrap_or_default().chars().map(char::len_utf16).sum();
        Position::new(u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(units).unwrap_or(u32::MAX))
    }

    pub(crate) fn range(&self, span: &Span) -> Range {
        Range::new(self.position(span.start), self.position(span.end))
    }

    pub(crate) fn span(&self, range: Range) -> Span {
        self.offset(range.start)..self.offset(range.end)
    }

    /// From the beginning of a line to a byte in it.
    pub(crate) fn line_before(&self, at: usize) -> &str {
        let line = self.starts.partition_point(|start| *start <= at).saturating_sub(1);
        self.starts.get(line).and_then(|start| self.all.get(*start..at)).unwrap_or_default()
    }
}

/// Lines end as the protocol has it: with `\n`, `\r\n` or `\r`.
fn starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = |(at, byte): (usize, &u8)| match byte {
        b'\n' => Some(at + 1),
        b'\r' if bytes.get(at + 1) != Some(&b'\n') => Some(at + 1),
        _ => None,
    };
    std::iter::once(0).chain(bytes.iter().enumerate().filter_map(ends)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two bytes and one unit; three and one; four and two.
    const PAGE: &str = "дом\r\nقلعة here\n🕊️ dove\n";

    #[test]
    fn positions_round_trip_at_every_character() {
        let text = Text::new(PAGE.to_owned());
        for (at, c) in PAGE.char_indices().filter(|(_, c)| !matches!(c, '\r' | '\n')) {
            let position = text.position(at);
            assert_eq!(text.offset(position), at, "{c}");
        }
        assert_eq!(text.position(PAGE.find("here").unwrap_or_default()), Position::new(1, 5));
        assert_eq!(text.position(PAGE.find("dove").unwrap_or_default()), Position::new(2, 4));
    }

    #[test]
    fn what_is_past_an_end_is_at_it() {
        let text = Text::new(PAGE.to_owned());
        assert_eq!(text.offset(Position::new(0, 99)), "дом".len());
        assert_eq!(text.offset(Position::new(99, 0)), PAGE.len());
        // Between the two halves of the dove.
        assert_eq!(text.offset(Position::new(2, 1)), PAGE.find('🕊').unwrap_or_default());
    }

    #[test]
    fn changes_by_range() {
        let mut text = Text::new(PAGE.to_owned());
        let range = Some(Range::new(Position::new(1, 5), Position::new(1, 9)));
        text.change(TextDocumentContentChangeEvent { range, range_length: None, text: "тут".to_owned() });
        assert_eq!(text.as_str(), PAGE.replace("here", "тут"));
        assert_eq!(text.position(text.as_str().find("dove").unwrap_or_default()), Position::new(2, 4));
    }

    #[test]
    fn a_range_turned_round_does_no_harm() {
        let mut text = Text::new("abc".to_owned());
        let range = Some(Range::new(Position::new(0, 2), Position::new(0, 1)));
        text.change(TextDocumentContentChangeEvent { range, range_length: None, text: "x".to_owned() });
        assert_eq!(text.as_str(), "abxc");
    }
}
