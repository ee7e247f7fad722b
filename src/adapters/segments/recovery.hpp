// What a start does about segments whose writer died: whatever was acknowledged stays, the torn
// rest of the last batch goes. Finished segments are not looked at; neither is what another process
// is writing. Calls block.
#pragma once

#include "adapters/segments/segment_folder.hpp"

namespace pixelvault::adapters::segments {

void recover_segments(SegmentFolder& folder);

/// Removes torn records, cuts the file behind the last whole one, and finishes it. A segment
/// without any record is removed.
void recover_segment(SegmentFolder& folder, const OwnedSegment& segment);

}  // namespace pixelvault::adapters::segments
