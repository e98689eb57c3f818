//! Holds the sizes that an Arrow file claims against the file's own.
//!
//! The decoder sets memory aside as a file tells it to. A file of a hundred
//! bytes that claims a batch of a terabyte is found out here.

use std::io::{Read, Seek, SeekFrom};

use arrow_ipc::{Block, root_as_footer, root_as_message};
use arrow_schema::ArrowError;

/// Why a file is not given to the decoder.
pub(super) enum Refused {
    /// Its sizes contradict each other or the file.
    Damaged(ArrowError),
    /// What it holds takes more memory than there is room for.
    TooLarge,
}

impl<E: Into<ArrowError>> From<E> for Refused {
    fn from(error: E) -> Self {
        Self::Damaged(error.into())
    }
}

/// Checks every size, goes back to the beginning, and says whether it is the
/// file format (`true`) or the stream format. The decoder keeps what it reads
/// as it stands in the file, so all bodies together must fit into `room`.
pub(super) fn check(input: &mut (impl Read + Seek), room: u64) -> Result<bool, Refused> {
    let length = input.seek(SeekFrom::End(0))?;
    input.rewind()?;
    let mut magic = [0; 6];
    input.read_exact(&mut magic)?;
    let is_file = &magic == b"ARROW1";
    if is_file {
        check_file(input, length, room)?;
    } else {
        input.rewind()?;
        check_stream(input, length, room)?;
    }
    input.rewind()?;
    Ok(is_file)
}

fn check_file(input: &mut (impl Read + Seek), length: u64, mut room: u64) -> Result<(), Refused> {
    let too_short = || wrong("it ends too early");
    // Magic and padding before, footer's length and magic behind.
    let footer_end = length.checked_sub(10).filter(|&end| end >= 8).ok_or_else(too_short)?;
    input.seek(SeekFrom::Start(footer_end))?;
    let mut size = [0; 4];
    input.read_exact(&mut size)?;
    let size = u64::from(u32::from_le_bytes(size));
    let start = footer_end.checked_sub(size).ok_or_else(too_short)?;
    input.seek(SeekFrom::Start(start))?;
    let footer = read(input, size, length)?;
    let footer = root_as_footer(&footer).map_err(|e| wrong(format!("bad footer: {e}")))?;
    let batches = footer.recordBatches().ok_or_else(|| wrong("no batches are listed"))?;
    for block in footer.dictionaries().iter().flatten().chain(&batches) {
        check_block(block, length)?;
        take(&mut room, u64::try_from(block.bodyLength()).unwrap_or(u64::MAX))?;
    }
    Ok(())
}

fn check_block(block: &Block, length: u64) -> Result<(), ArrowError> {
    let end = || {
        let offset = u64::try_from(block.offset()).ok()?;
        let metadata = u64::try_from(block.metaDataLength()).ok()?;
        offset.checked_add(metadata)?.checked_add(u64::try_from(block.bodyLength()).ok()?)
    };
    match end() {
        Some(end) if end <= length => Ok(()),
        _ => Err(wrong("a block lies outside the file")),
    }
}

fn check_stream(input: &mut (impl Read + Seek), length: u64, mut room: u64) -> Result<(), Refused> {
    loop {
        let mut size = [0; 4];
        match input.read_exact(&mut size) {
            // A stream may end without its end mark.
            Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(()),
            other => other?,
        }
        if size == [0xFF; 4] {
            input.read_exact(&mut size)?;
        }
        let size = u64::from(u32::from_le_bytes(size));
        if size == 0 {
            return Ok(());
        }
        let metadata = read(input, size, length)?;
        let message = root_as_message(&metadata).map_err(|e| wrong(format!("bad message: {e}")))?;
        let body = u64::try_from(message.bodyLength()).map_err(|_| wrong("a size is negative"))?;
        take(&mut room, body)?;
        let end = input.stream_position()?.checked_add(body).filter(|&end| end <= length);
        input.seek(SeekFrom::Start(end.ok_or_else(|| wrong("a batch is cut off"))?))?;
    }
}

/// Takes `bytes` from the room that is left.
fn take(room: &mut u64, bytes: u64) -> Result<(), Refused> {
    *room = room.checked_sub(bytes).ok_or(Refused::TooLarge)?;
    Ok(())
}

fn read(input: &mut impl Read, size: u64, length: u64) -> Result<Vec<u8>, ArrowError> {
    let size = usize::try_from(size).ok().filter(|&s| s as u64 <= length);
    let mut bytes = vec![0; size.ok_or_else(|| wrong("a part is larger than the file"))?];
    input.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn wrong(reason: impl Into<String>) -> ArrowError {
    ArrowError::ParseError(reason.into())
}
