"""The functions of Google's generateContent."""

from litellm._not_yet import stand_in

generate_content = stand_in("google_genai.generate_content")
agenerate_content = stand_in("google_genai.agenerate_content")
generate_content_stream = stand_in("google_genai.generate_content_stream")
agenerate_content_stream = stand_in("google_genai.agenerate_content_stream")
