#include "cli/answer.h"

namespace cli {

bool reads_yes(std::FILE* from) {
  const int first = std::getc(from);
  for (int rest = first; rest != '\n' && rest != EOF;) rest = std::getc(from);
  return first == 'y' || first == 'Y';
}

}  // namespace cli
