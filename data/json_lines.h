// Lines of servers that log in JSON.
#pragma once

#include <string>

#include "request.h"

namespace generate {

// Each appends a line with its line end.
void append_caddy(const request& what, std::string& to);
void append_nginx_json(const request& what, std::string& to);
void append_traefik_json(const request& what, std::string& to);

}  // namespace generate
