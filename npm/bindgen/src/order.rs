//! Orders the functions of a module so that it compresses well.
//!
//! gzip finds repetitions within 32 KiB only. So each function comes after those with which it shares most, as LLD orders
//! functions with `--bp-compression-sort` for other targets. The functions are not moved here: each gets its rank as its
//! name, by which `wasm-opt --reorder-functions-by-name` sorts them.

use std::collections::{HashMap, VecDeque};
use wasm_encoder::{Module, NameMap, NameSection, RawSection};
use wasmparser::{BinaryReaderError, Parser, Payload, TypeRef};

/// The number of bytes that two functions must share to be similar.
const SHARED: usize = 6;

/// The number of bytes in which gzip finds repetitions.
const WINDOW: usize = 32 << 10;

/// A sequence in more functions than this says nothing about their similarity.
const COMMON: usize = 50;

/// Returns the module with the rank of each function as its name.
pub(crate) fn name_by_similarity(module: &[u8]) -> Result<Vec<u8>, BinaryReaderError> {
    let mut imported = 0;
    let mut bodies = Vec::new();
    let mut made = Module::new();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        match &payload {
            Payload::ImportSection(imports) => {
                for import in imports.clone().into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
            Payload::CustomSection(custom) if custom.name() == "name" => continue,
            _ => {}
        }
        if let Some((id, range)) = payload.as_section() {
            made.section(&RawSection { id, data: &module[range.start as usize..range.end as usize] });
        }
    }
    let mut ranks = vec![0; bodies.len()];
    for (rank, function) in by_similarity(&bodies).into_iter().enumerate() {
        ranks[function] = rank;
    }
    let mut names = NameMap::new();
    for (index, rank) in (imported..).zip(ranks) {
        names.append(index, &format!("{rank:06}"));
    }
    let mut section = NameSection::new();
    section.functions(&names);
    made.section(&section);
    Ok(made.finish())
}

/// Returns the indices of the functions in an order in which each is similar to those before it.
fn by_similarity(bodies: &[&[u8]]) -> Vec<usize> {
    let (sequences, functions) = sequences(bodies);
    // The number of occurrences of each sequence in the window, and of different sequences of each function.
    let mut present = vec![0_u32; functions.len()];
    let mut scores = vec![0_u32; bodies.len()];
    let mut remaining: Vec<usize> = (0..bodies.len()).collect();
    let mut window = VecDeque::new();
    let mut size = 0;
    let mut order = Vec::new();
    while !remaining.is_empty() {
        let share = |function: usize| f64::from(scores[function]) / (sequences[function].len() + 8) as f64;
        let best = (1..remaining.len())
            .fold(0, |best, at| if share(remaining[at]) > share(remaining[best]) { at } else { best });
        let next = remaining.remove(best);
        order.push(next);
        window.push_back(next);
        size += bodies[next].len();
        for &sequence in &sequences[next] {
            present[sequence] += 1;
            if present[sequence] == 1 {
                functions[sequence].iter().for_each(|&function| scores[function] += 1);
            }
        }
        while size > WINDOW && window.len() > 1 {
            let Some(first) = window.pop_front() else { break };
            size -= bodies[first].len();
            for &sequence in &sequences[first] {
                present[sequence] -= 1;
                if present[sequence] == 0 {
                    functions[sequence].iter().for_each(|&function| scores[function] -= 1);
                }
            }
        }
    }
    order
}

/// Numbers the sequences of bytes. Returns those of each function, and the functions that share each of them.
fn sequences(bodies: &[&[u8]]) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
    let mut numbers = HashMap::new();
    let mut functions: Vec<Vec<usize>> = Vec::new();
    let mut sequences = Vec::new();
    for (function, body) in bodies.iter().enumerate() {
        let mut own: Vec<usize> = Vec::new();
        for sequence in body.windows(SHARED) {
            let number = *numbers.entry(sequence).or_insert(functions.len());
            if number == functions.len() {
                functions.push(Vec::new());
            }
            if functions[number].last() != Some(&function) {
                functions[number].push(function);
                own.push(number);
            }
        }
        sequences.push(own);
    }
    for sharing in &mut functions {
        if sharing.len() > COMMON {
            sharing.clear();
        }
    }
    (sequences, functions)
}

#[cfg(test)]
mod tests {
    use super::by_similarity;

    #[test]
    fn similar_functions_are_adjacent() {
        let bodies: Vec<Vec<u8>> = (0..40).map(|at| vec![at % 4; 20 + usize::from(at)]).collect();
        let bodies: Vec<&[u8]> = bodies.iter().map(Vec::as_slice).collect();
        let order = by_similarity(&bodies);
        let changes = order.windows(2).filter(|pair| pair[0] % 4 != pair[1] % 4).count();
        assert_eq!((order.len(), changes), (40, 3));
    }
}
