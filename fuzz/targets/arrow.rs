#![no_main]

use std::sync::Once;

static HOOK: Once = Once::new();

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    // The reader catches the decoder's panics; the fuzzer's hook would end the
    // run at the first of them. One that gets out still ends it.
    HOOK.call_once(|| std::panic::set_hook(Box::new(|_| {})));
    armistice_fuzz::arrow(data);
});
