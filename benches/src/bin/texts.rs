//! Prints a generated text: `cargo run -p gcwat-benches --bin texts -- STYLE BYTES`. The styles are flat, folded,
//! names, mixed and comments.

use gcwat_benches::{STYLES, module};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let style = args.first().and_then(|name| STYLES.iter().find(|(style, _)| style == name));
    let size = args.get(1).and_then(|size| size.parse().ok());
    match (style, size) {
        (Some((_, style)), Some(size)) => print!("{}", module(*style, size)),
        _ => eprintln!("usage: texts flat|folded|names|mixed|comments BYTES"),
    }
}
