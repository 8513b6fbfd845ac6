// What the documents of a JSON log are called by: which keys hold what.
#pragma once

#include <string>
#include <vector>

namespace countips {

// A path leads from key to key, with slashes between them: "request/client_ip". An array on the way
// stands for its first element. Of several paths the best comes first; the next ones are for
// documents in which it is missing, null, empty or "-". Keys are told apart by their case.
//
// A document is a request if it has a status, a method, a path or a request line that is what
// servers write there; with a client and a time but none of these it is a record of something else.
//
// Times are texts (ISO 8601, or that of the common log format, also in brackets) or numbers since
// 1970, in quotes or not: seconds, with or without a fraction, or milliseconds to nanoseconds as
// their number of digits tells.
struct json_description {
  using paths = std::vector<std::string>;

  std::string name;
  bool is_given = false;  // By the user: a client and a time are enough for a request.
  paths client;           // By whom the server was spoken to.
  paths forwarded;        // What proxies say of that, for those who ask for it.
  paths time;

  // Only documents with one of these values are requests, where they have the key at all; every
  // other is a record of something else.
  std::string marker;
  std::vector<std::string> marker_values;

  paths status;
  paths method;
  paths path;        // Of a whole URL only the path and query are taken.
  paths vague = {};  // Those of them that programs call other things by: no sign of a request.
  paths request;     // A request line; for what `method` and `path` do not tell.
  paths agent;
  paths host;

  // What messages of the server have. A document with one of these and a time, but with neither a
  // client nor any trace of a request, is a record of something else.
  paths message;
};

}  // namespace countips
