//! Which fields a heading that is not known may stand for, the likeliest first.

use std::collections::BTreeSet;

use crate::engine::fields::{Catalog, Field, Heading, Shape};
use crate::engine::sorting::{set, sorted_places};

/// So many are proposed.
const N_PROPOSALS: usize = 5;

/// Fields that share words with the heading and can hold its cells; all owners of an ambiguous caption first.
pub(crate) fn proposals(catalog: Catalog, heading: &str, samples: &[String]) -> Vec<&'static str> {
    let fields = catalog.fields();
    let owners = match fields.by_heading(heading) {
        Heading::Ambiguous(ids) => ids,
        _ => Vec::new(),
    };
    let words = words(heading);
    let found: Vec<(bool, usize, &'static str)> = fields
        .iter()
        .filter_map(|(id, field)| {
            let is_owner = owners.contains(&id);
            let score = score(&words, field);
            let fits = samples.iter().all(|sample| can_hold(field, sample));
            (is_owner || score > 0 && fits).then_some((is_owner, score, field.name))
        })
        .collect();
    let order = sorted_places(&found, |one, other| (other.0, other.1).cmp(&(one.0, one.1)));
    let proposals = order.into_iter().map(|place| found[place as usize].2);
    proposals.take(owners.len().max(N_PROPOSALS)).collect()
}

/// How much of the heading's words a field's name or one of its captions shares, up to 1,000.
fn score(heading: &BTreeSet<String>, field: &Field) -> usize {
    let captions = std::iter::once(&field.name).chain(&field.aliases);
    captions
        .map(|caption| {
            let caption = words(caption);
            let n_shared = heading.intersection(&caption).count();
            let n_all = heading.union(&caption).count().max(1);
            // One shared word out of many says nothing.
            if n_shared * 3 < n_all {
                0
            } else {
                n_shared * 1000 / n_all
            }
        })
        .max()
        .unwrap_or(0)
}

fn words(caption: &str) -> BTreeSet<String> {
    let words = caption
        .split(|letter: char| !letter.is_alphanumeric() && letter != '%')
        .filter(|word| !word.is_empty())
        .map(|word| match word.to_lowercase().as_str() {
            "average" | "mean" => "avg".to_owned(),
            "pct" | "percent" | "%" => "percentage".to_owned(),
            "client" | "2" => "second".to_owned(),
            "1" => "first".to_owned(),
            "ip" | "ipaddress" => "address".to_owned(),
            other => other.to_owned(),
        });
    set(words)
}

fn can_hold(field: &Field, sample: &str) -> bool {
    match field.shape {
        Shape::Integer | Shape::Number => {
            let marks = super::cell::Marks::Either;
            super::cell::is_blank(sample.as_bytes())
                || super::cell::written_number(sample.as_bytes(), marks).is_some()
        }
        Shape::Time | Shape::Date => super::time::time(sample.as_bytes()).is_some(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_finds_fields_of_its_words_that_can_hold_its_cells() {
        let first = |heading: &str, sample: &str| {
            let samples = [sample.to_owned()];
            proposals(Catalog::Cqd, heading, &samples).first().copied()
        };
        assert_eq!(first("Mean Jitter", "12.5"), Some("Avg Jitter"));
        assert_eq!(first("Client Subnet", "10.1.2.0"), Some("Second Subnet"));
        assert_eq!(
            first("Audio poor pct", "3.5"),
            Some("Audio Poor Percentage")
        );
        assert_eq!(first("Favourite color", "red"), None);
        assert_ne!(first("Mean Jitter", "much"), Some("Avg Jitter"));
    }

    #[test]
    fn all_owners_of_a_shared_caption_come_first() {
        let found = proposals(Catalog::Cqd, "Poor Stream Rate (%)", &[]);
        assert!(
            found.len() >= 4
                && found[..4]
                    .iter()
                    .all(|name| name.ends_with("Poor Percentage"))
        );
    }
}
