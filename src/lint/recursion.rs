//! Functions that always call each other. Calls of a function by itself are found while it is read.

use super::finding::{Call, Finding};
use hashbrown::HashSet;

/// The state of a function while the calls are followed.
#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    /// The function is on the path.
    Open,
    Done,
}

/// Reports circles of calls. Each function is in one reported circle at most. The calls are in the order of their
/// callers.
pub(super) fn check(calls: &[Call], findings: &mut Vec<Finding>) {
    let callers: HashSet<u32> = calls.iter().map(|call| call.caller).collect();
    let calls: Vec<Call> = calls.iter().copied().filter(|call| callers.contains(&call.callee)).collect();
    let first_of = |caller: u32| calls.partition_point(|call| call.caller < caller);
    // The states of the callers, each at its first call.
    let mut states = vec![State::New; calls.len()];
    for start in 0..calls.len() {
        if states[start] != State::New || first_of(calls[start].caller) != start {
            continue;
        }
        // The path: the first call of each function on it, and the call that is followed.
        let mut path = vec![(start, start)];
        states[start] = State::Open;
        while let Some(&mut (first, ref mut next)) = path.last_mut() {
            let at = *next;
            *next += 1;
            let Some(call) = calls.get(at).filter(|call| call.caller == calls[first].caller) else {
                states[first] = State::Done;
                path.pop();
                continue;
            };
            let callee = first_of(call.callee);
            // The callee has no calls left if none of its own callees makes a call.
            let is_caller = calls.get(callee).is_some_and(|own| own.caller == call.callee);
            match states.get(callee).filter(|_| is_caller) {
                Some(State::New) => {
                    states[callee] = State::Open;
                    path.push((callee, callee));
                }
                Some(State::Open) => {
                    let Some(begin) = path.iter().position(|&(first, _)| first == callee) else { continue };
                    let circle: Vec<Call> = path.drain(begin..).map(|(_, next)| calls[next - 1]).collect();
                    circle.iter().for_each(|call| states[first_of(call.caller)] = State::Done);
                    findings.push(Finding::Circle(in_source_order(circle)));
                }
                _ => {}
            }
        }
    }
}

/// Rotates a circle so that it begins with the function that is first in the source text.
fn in_source_order(mut circle: Vec<Call>) -> Vec<Call> {
    let first = (0..circle.len()).min_by_key(|&at| circle[at].func.start).unwrap_or(0);
    circle.rotate_left(first);
    circle
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instr::Op;
    use crate::lint::finding::Site;
    use crate::span::Span;

    /// The callers of the circles in a list of calls.
    fn circles(calls: &[(u32, u32)]) -> Vec<Vec<u32>> {
        let op = Op::named("call").unwrap();
        let call = |&(caller, callee): &(u32, u32)| {
            let at = Site { start: 0, op };
            Call { caller, callee, at, func: Span::new(caller, caller), id: None }
        };
        let calls: Vec<Call> = calls.iter().map(call).collect();
        let mut findings = Vec::new();
        check(&calls, &mut findings);
        let callers = |finding: &Finding| match finding {
            Finding::Circle(calls) => calls.iter().map(|call| call.caller).collect(),
            _ => Vec::new(),
        };
        findings.iter().map(callers).collect()
    }

    #[test]
    fn each_circle_is_found_once() {
        assert_eq!(circles(&[(1, 2), (2, 3), (4, 2)]), Vec::<Vec<u32>>::new());
        assert_eq!(circles(&[(1, 2), (2, 9), (3, 1)]), Vec::<Vec<u32>>::new());
        assert_eq!(circles(&[(1, 2), (2, 1)]), [vec![1, 2]]);
        assert_eq!(circles(&[(0, 2), (1, 2), (2, 3), (3, 1)]), [vec![1, 2, 3]]);
        assert_eq!(circles(&[(0, 9), (0, 1), (1, 0), (5, 6), (6, 7), (6, 5)]), [vec![0, 1], vec![5, 6]]);
    }

    #[test]
    fn long_paths_are_followed_without_recursion() {
        let mut calls: Vec<(u32, u32)> = (0..100_000).map(|at| (at, at + 1)).collect();
        calls.push((100_000, 0));
        assert_eq!(circles(&calls)[0].len(), 100_001);
    }
}
