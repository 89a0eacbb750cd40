//! As much of HTTP/1.1 as a browser on the same machine needs: one request, one answer, and the
//! connection is closed.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

/// Browsers also open connections that they may need later, and leave them silent.
const LONGEST_SILENCE: Duration = Duration::from_mins(1);

/// More than any browser sends before the body.
const LONGEST_HEAD_BYTES: u64 = 64 * 1024;

/// What is asked for. What else a browser says of itself is not needed here.
#[derive(Debug, PartialEq)]
pub(crate) struct Request {
    /// `GET`, `HEAD`, `POST` …
    pub(crate) method: String,
    /// The address after the host, with its query.
    pub(crate) path: String,
}

/// What is sent back.
#[derive(Debug)]
pub(crate) struct Response {
    /// Number and words, as in `404 Not Found`.
    pub(crate) status: &'static str,
    /// Names and values, apart from those that describe the connection.
    pub(crate) headers: Vec<(&'static str, String)>,
    /// Left out where the request is for the head alone.
    pub(crate) body: Vec<u8>,
}

/// Answers the one request of a connection.
pub(crate) fn converse(
    connection: &TcpStream,
    reply: impl FnOnce(&Request) -> Response,
) -> io::Result<()> {
    connection.set_read_timeout(Some(LONGEST_SILENCE))?;
    connection.set_nodelay(true)?;
    let Some(request) = read(BufReader::new(connection.take(LONGEST_HEAD_BYTES)))? else {
        return Ok(());
    };
    (&mut &*connection).write_all(&bytes(&request, reply(&request))?)?;
    // Closed while the browser still sends, the connection would be reset and the answer lost.
    connection.shutdown(Shutdown::Write)?;
    io::copy(&mut &*connection, &mut io::sink())?;
    Ok(())
}

/// Reads the head of a request; `None` where there is none.
fn read(mut connection: impl BufRead) -> io::Result<Option<Request>> {
    let mut lines = connection.by_ref().split(b'\n');
    let Some(first) = lines.next().transpose()? else {
        return Ok(None);
    };
    for line in lines {
        if line?.trim_ascii().is_empty() {
            break;
        }
    }
    let first = String::from_utf8_lossy(&first);
    let mut words = first.split_whitespace().map(str::to_owned);
    Ok(words
        .next()
        .zip(words.next())
        .map(|(method, path)| Request { method, path }))
}

fn bytes(request: &Request, response: Response) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    write!(bytes, "HTTP/1.1 {}\r\n", response.status)?;
    for (name, value) in &response.headers {
        write!(bytes, "{name}: {value}\r\n")?;
    }
    write!(
        bytes,
        "Content-Length: {}\r\nConnection: close\r\n\r\n",
        response.body.len()
    )?;
    if request.method != "HEAD" {
        bytes.extend(response.body);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::{Request, Response, bytes, read};

    fn request(head: &str) -> Option<Request> {
        read(head.as_bytes()).expect("text can always be read")
    }

    #[test]
    fn method_and_path_are_read_and_the_rest_is_left() {
        let expected = Request {
            method: "GET".to_owned(),
            path: "/a.js?b".to_owned(),
        };
        assert_eq!(
            request("GET /a.js?b HTTP/1.1\r\nHost: localhost\r\n\r\n"),
            Some(expected)
        );
    }

    #[test]
    fn silence_and_nonsense_are_no_requests() {
        assert_eq!(request(""), None);
        assert_eq!(request("\r\n"), None);
        assert_eq!(request("hello\r\n\r\n"), None);
    }

    #[test]
    fn an_answer_has_a_length_and_to_head_no_body() {
        let answer = |method: &str| {
            let request = Request {
                method: method.to_owned(),
                path: "/".to_owned(),
            };
            let headers = vec![("A", "b".to_owned())];
            let response = Response {
                status: "200 OK",
                headers,
                body: b"abc".to_vec(),
            };
            bytes(&request, response).expect("memory takes every byte")
        };
        let head = "HTTP/1.1 200 OK\r\nA: b\r\nContent-Length: 3\r\nConnection: close\r\n\r\n";
        assert_eq!(answer("HEAD"), head.as_bytes());
        assert_eq!(answer("GET"), format!("{head}abc").as_bytes());
    }
}
