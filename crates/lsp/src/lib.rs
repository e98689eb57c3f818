//! Agreements in an editor: a language server.
//!
//! [`stdio`] speaks the Language Server Protocol over standard input and
//! output; [`serve`] over any connection. While a person types, every mistake
//! and weakness is shown at the words it is about, with its mend; a name, a
//! moment or a clause says what it comes to; names can be found, followed and
//! changed everywhere at once.
//!
//! What the words are is read from the vocabulary's tables, what they mean from
//! the book (`docs/language.md`), what they come to from the checked agreement:
//! this crate has no list of words of its own.
//!
//! It must not know how an agreement is judged, and it opens no file itself:
//! what lies beside an agreement comes through a function that the host gives.

mod actions;
mod book;
mod complete;
mod files;
mod hover;
mod names;
mod navigate;
mod outline;
mod page;
mod problems;
mod server;
mod text;
mod trial;

use std::path::Path;

use lsp_server::Connection;

/// Gives the text of a file that an agreement names: the agreement's folder, and
/// the path as written; or a sentence that says why it cannot.
pub type Shelf<'a> = &'a dyn Fn(&Path, &str) -> Result<String, String>;

/// Why the server stopped before it was told to.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Serves an editor over standard input and output until it says goodbye.
///
/// # Errors
/// If the editor goes away or breaks the protocol before it has begun.
pub fn stdio(shelf: Shelf<'_>) -> Result<(), Failure> {
    let (connection, threads) = Connection::stdio();
    serve(&connection, shelf)?;
    drop(connection);
    threads.join()?;
    Ok(())
}

/// Serves an editor over a connection until it says goodbye.
///
/// # Errors
/// If the editor goes away or breaks the protocol before it has begun.
pub fn serve(connection: &Connection, shelf: Shelf<'_>) -> Result<(), Failure> {
    let asked = connection.initialize(serde_json::to_value(server::capabilities())?)?;
    let manual = asked.pointer("/initializationOptions/lintPages").and_then(|pages| pages.as_str());
    server::Server::new(connection, shelf, manual.map(str::to_owned)).run()
}
