// What tests of processes include besides, to be compiled once: values that travel cost the most.
#pragma once

#include "par/processes/process.h"
#include "par/processes/process_pool.h"
#include "par/processes/shared_value.h"
#include "test_headers.h"
