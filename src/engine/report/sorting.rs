//! The two sorts that reports and tables share: each further one would make the program longer.

/// Numbers with a key each, by key and then by number.
pub(crate) fn sorted_numbers(mut numbers: Vec<(u64, u32)>) -> Vec<u32> {
    numbers.sort_unstable();
    numbers.into_iter().map(|(_, number)| number).collect()
}

/// Texts in order, each with its index.
pub(crate) fn sorted_texts(texts: Vec<String>) -> Vec<(String, u32)> {
    let mut texts: Vec<_> = texts.into_iter().zip(0u32..).collect();
    texts.sort_unstable();
    texts
}
