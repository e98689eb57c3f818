//! L024: lists of the excluded change, and then nobody knows which list was meant.

use armistice_syntax::{Code, Diagnostic};

use super::page::Page;
use crate::model::Role;

pub(super) fn find(page: &Page<'_>, out: &mut Vec<Diagnostic>) {
    for actor in page.agreement.actors.iter().filter(|a| a.role == Role::Excluded) {
        let dated = actor.names.iter().any(|name| name.from.is_some() || name.until.is_some());
        let Some(entry) = page.declaration(&actor.name).filter(|_| !dated) else {
            continue;
        };
        out.push(
            Diagnostic::note(
                Code("L024"),
                entry.head_span(),
                format!("nothing says from when {} is excluded", actor.name),
                "no date on any of its names",
            )
            .help("write `known as \"…\" from` the day it was listed or took that name, and `until` the day it ceased"),
        );
    }
}
